import type { EventPattern, ValueMatcher } from '#shared/patterns/event-pattern.ts';

/** A value to be equal to, a list of alternatives with EventBridge's own operators among them, or fields within. */
export type FieldFilter =
  | string
  | number
  | boolean
  | null
  | readonly ValueMatcher[]
  | { readonly [field: string]: FieldFilter };

/** Which events of the named types a subscription gets: those that all that is said here is true of. */
export interface EventFilter {
  /** @default live and test events */
  readonly livemode?: boolean;
  /**
   * The connected accounts (`acct_…`) whose events to get; `connected`: those of every connected account; `own`: only
   * those that belong to none.
   * @default all
   */
  readonly account?: 'own' | 'connected' | readonly string[];
  /** Fields of the Stripe object, `data.object`: `{ collection_method: ['charge_automatically'] }`. */
  readonly object?: { readonly [field: string]: FieldFilter };
  /** What fields held before, `data.previous_attributes`: `{ status: ['trialing'] }`. Only `…updated` events say it. */
  readonly previousAttributes?: { readonly [field: string]: FieldFilter };
}

/** The part of a pattern below `detail`, or `undefined` when the filter asks for nothing. */
export function detailPattern(filter: EventFilter): EventPattern | undefined {
  const data: EventPattern = {
    ...(filter.object && !isEmpty(filter.object) && { object: fieldsPattern(filter.object) }),
    ...(filter.previousAttributes &&
      !isEmpty(filter.previousAttributes) && { previous_attributes: fieldsPattern(filter.previousAttributes) }),
  };
  const detail: EventPattern = {
    ...(filter.livemode !== undefined && { livemode: [filter.livemode] }),
    ...(filter.account !== undefined && { account: accountMatchers(filter.account) }),
    ...(!isEmpty(data) && { data }),
  };
  return isEmpty(detail) ? undefined : detail;
}

/** Paths that a filter looks at, as patterns write them: `detail.data.object.status`. */
export function filteredPaths(filter: EventFilter): string[] {
  const detail = detailPattern(filter);
  return detail === undefined ? [] : pathsIn(detail, 'detail');
}

/** What is wrong with a filter, beyond what EventBridge itself would refuse. */
export function filterProblems({ account }: EventFilter, path: string): string[] {
  if (!Array.isArray(account)) return [];
  if (account.length === 0)
    return [`${path}.account is an empty list, which no event matches: leave it out, or name accounts.`];
  return account.flatMap((each, index) =>
    /^acct_[A-Za-z0-9]+$/.test(each)
      ? []
      : [`${path}.account[${index}] is ${JSON.stringify(each)}: write the id of a connected account, acct_….`],
  );
}

function accountMatchers(account: NonNullable<EventFilter['account']>): readonly ValueMatcher[] {
  if (account === 'own') return [{ exists: false }];
  return account === 'connected' ? [{ exists: true }] : account;
}

function fieldsPattern(fields: { readonly [field: string]: FieldFilter }): EventPattern {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, isFields(value) ? fieldsPattern(value) : matchersOf(value)]),
  );
}

function matchersOf(value: Exclude<FieldFilter, { readonly [field: string]: FieldFilter }>): readonly ValueMatcher[] {
  return isList(value) ? value : [value];
}

function pathsIn(pattern: EventPattern, at: string): string[] {
  return Object.entries(pattern).flatMap(([name, value]) =>
    isNested(value) ? pathsIn(value, `${at}.${name}`) : [`${at}.${name}`],
  );
}

function isNested(value: EventPattern[string]): value is EventPattern {
  return !Array.isArray(value);
}

function isList(value: FieldFilter): value is readonly ValueMatcher[] {
  return Array.isArray(value);
}

function isFields(value: FieldFilter): value is { readonly [field: string]: FieldFilter } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}
