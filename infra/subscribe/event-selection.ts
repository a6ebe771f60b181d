import { canonicalType } from '#shared/catalogue/canonical-type.ts';
import type { EventTypeEntry } from '#shared/catalogue/event-type-entry.ts';
import { type AnyEventType, EVENT_TYPES } from '#shared/catalogue/event-types.ts';

/** What a subscription asks for: an event type, all that start alike (`customer.subscription.*`), or all (`*`). */
export type EventSelector = AnyEventType;

/** Selectors, read. */
export interface EventSelection {
  readonly everything: boolean;
  /** Starts of types, each with the dot at its end. */
  readonly prefixes: readonly string[];
  /** Whole types that no prefix covers. */
  readonly exact: readonly string[];
  /** What of the catalogue they select. */
  readonly types: readonly EventTypeEntry[];
}

/** Reads selectors that {@link selectorProblems} found nothing wrong with; what another one covers is left out. */
export function selectEvents(selectors: readonly string[]): EventSelection {
  const names = [...new Set(selectors.map(canonicalType))];
  const everything = names.includes('*');
  const starts = names.filter(isWildcard).map((name) => name.slice(0, -1));
  const prefixes = starts.filter((start) => !starts.some((other) => other !== start && start.startsWith(other)));
  const isCovered = (type: string) => everything || prefixes.some((prefix) => type.startsWith(prefix));
  const exact = names.filter((name) => !name.includes('*') && !isCovered(name));
  return {
    everything,
    prefixes: everything ? [] : prefixes,
    exact,
    types: EVENT_TYPES.filter(({ type }) => isCovered(type) || exact.includes(type)),
  };
}

/** Whether a selector means all types that start alike. */
export function isWildcard(selector: string): boolean {
  return /^[^*]+\.\*$/.test(selector);
}
