import type { StageSettings } from './settings.ts';
import { type Check, fields, oneOf, text } from './shape-checks.ts';

const source = text(/^aws\.partner\/stripe\.com\/ed_[A-Za-z0-9_]+$/, "the source's name, aws.partner/stripe.com/ed_…");

const declared = fields(
  {
    source,
    name: text(/^[a-z0-9-]{1,32}$/, '1 to 32 lower-case letters, digits and dashes'),
    payload: oneOf('snapshot', 'thin', 'either'),
    accounts: oneOf('own', 'connected', 'either'),
  },
  ['source'],
);

/** The shape of one of `partnerEventSources`. */
export const partnerEventSource: Check = (value, path) =>
  typeof value === 'string' ? source(value, path) : declared(value, path);

/** What the shape alone does not tell. */
export function partnerProblems(stage: string, { partnerEventSources, destinations }: StageSettings): string[] {
  return partnerEventSources.flatMap(({ source, name }, index) => {
    const before = partnerEventSources.slice(0, index);
    if (before.some((other) => other.source === source)) {
      return [`${stage}.partnerEventSources names ${source} twice: it has one bus, so write it once.`];
    }
    return [...destinations, ...before].some((other) => other.name === name)
      ? [`${stage}.partnerEventSources has one named "${name}", as another is: give it a name of its own.`]
      : [];
  });
}
