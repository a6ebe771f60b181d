import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/** Gives a text a colour or weight, or leaves it as it is. */
export type Paint = (format: Format, text: string) => string;

/** @param colours whether the text goes to a terminal that shows them */
export function paintFor(colours: boolean): Paint {
  return colours ? (format, text) => styleText(format, text, { validateStream: false }) : (_format, text) => text;
}
