import { canonicalType } from '#shared/catalogue/canonical-type.ts';
import { DECISION_TYPES } from '#shared/catalogue/decision-types.ts';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { isEventType } from '#shared/event/stripe-event.ts';
import { nearestNames } from '#shared/naming/nearest-name.ts';
import { isWildcard, selectEvents } from './event-selection.ts';

/** What a subscriber insists on, knowing what it means. */
export interface Insistence {
  /**
   * Also types that the installed version's catalogue does not have, because Stripe has added them since.
   * @default false: a name that nobody knows is a misspelt one
   */
  readonly allowUnknown?: boolean;
  /**
   * Also copies of `issuing_authorization.request`, which somebody else has to answer within two seconds.
   * @default false
   */
  readonly allowUndecided?: boolean;
}

const TYPES = EVENT_TYPES.map(({ type }) => type);
/** Every wildcard that matches something: `customer.*`, `customer.subscription.*`. */
const WILDCARDS = [...new Set(TYPES.flatMap((type) => startsOf(type).map((start) => `${start}*`)))];

/**
 * What is wrong with the event types that a subscription names.
 * @param path where they stand, for the message: `events`
 * @returns one sentence per problem: what was seen, and what to write instead
 */
export function selectorProblems(selectors: readonly string[], insistence: Insistence, path: string): string[] {
  if (selectors.length === 0) return [`${path} is empty: name an event type, such as 'invoice.paid' or 'invoice.*'.`];
  const problems = selectors.flatMap((selector, index) =>
    selectorProblem(selector, insistence).map(
      (problem) => `${path}[${index}] is ${JSON.stringify(selector)}: ${problem}`,
    ),
  );
  return problems.length > 0 ? problems : undecidedProblem(selectors, insistence, path);
}

function selectorProblem(selector: string, { allowUnknown = false }: Insistence): string[] {
  if (selector === '*') return [];
  if (selector.includes('*') && !isWildcard(selector)) {
    return [
      "write '*' only at the end and after a dot, as in 'invoice.*', for a rule is matched by how a type starts.",
    ];
  }
  const name = canonicalType(selector);
  if (selectEvents([name]).types.length > 0) return [];
  if (allowUnknown) {
    const type = isWildcard(name) ? `${name.slice(0, -1)}x` : name;
    return isEventType(type) ? [] : ['no event type can look like that: lower-case words with dots between.'];
  }
  const what = isWildcard(name) ? 'no event type starts so' : 'there is no such event type';
  const nearest = nearestNames(name, isWildcard(name) ? WILDCARDS : [...TYPES, ...WILDCARDS], 3);
  const meant = nearest.length === 0 ? '' : ` Did you mean ${nearest.map((each) => `"${each}"`).join(' or ')}?`;
  return [`${what}.${meant} If Stripe has added it since this version, say allowUnknown: true.`];
}

function undecidedProblem(
  selectors: readonly string[],
  { allowUndecided = false }: Insistence,
  path: string,
): string[] {
  if (allowUndecided) return [];
  return selectEvents(selectors)
    .types.filter(({ type }) => DECISION_TYPES.includes(type))
    .map(
      ({ type }) =>
        `${path} asks for ${type}: Stripe waits two seconds for the answer to it, and what comes over a bus can give ` +
        'none. Name the other types one by one, or say allowUndecided: true for copies that decide nothing.',
    );
}

/** `customer.`, `customer.subscription.` for `customer.subscription.created`. */
function startsOf(type: string): string[] {
  const words = type.split('.');
  return words.slice(1).map((_word, index) => `${words.slice(0, index + 1).join('.')}.`);
}
