import { encodable } from '../reading.ts';

/**
 * For each UTF-16 unit of a text, the texts that stand for it whatever the case. AWS's engine folds unit by unit
 * and encodes each alone, so `ß` also stands for `SS` but not the other way round, and half of a surrogate pair
 * becomes a question mark: no character beyond U+FFFF ever equals itself.
 */
export type CaseForms = readonly (readonly string[])[];

export function caseForms(text: string): CaseForms {
  return text.split('').map((unit) => [...new Set([encodable(unit.toLowerCase()), encodable(unit.toUpperCase())])]);
}

export function equalsAnyCase(forms: CaseForms, text: string): boolean {
  return ends(forms, text).has(text.length);
}

export function startsWithAnyCase(forms: CaseForms, text: string): boolean {
  return ends(forms, text).size > 0;
}

export function endsWithAnyCase(forms: CaseForms, text: string): boolean {
  let starts = new Set([text.length]);
  for (const alternatives of forms.toReversed()) {
    starts = step(starts, alternatives, (at, form) =>
      text.slice(0, at).endsWith(form) ? at - form.length : undefined,
    );
  }
  return starts.size > 0;
}

/** Positions in `text` at which a reading of all forms from its start can end: several, as forms differ in length. */
function ends(forms: CaseForms, text: string): Set<number> {
  let positions = new Set([0]);
  for (const alternatives of forms) {
    positions = step(positions, alternatives, (at, form) => (text.startsWith(form, at) ? at + form.length : undefined));
  }
  return positions;
}

function step(
  positions: Set<number>,
  alternatives: readonly string[],
  move: (at: number, form: string) => number | undefined,
): Set<number> {
  const moved = new Set<number>();
  for (const at of positions) {
    for (const form of alternatives) {
      const to = move(at, form);
      if (to !== undefined) moved.add(to);
    }
  }
  return moved;
}
