import type { EventTypeEntry } from './event-type-entry.ts';

/** Whether Stripe sends events of a type in a style; many come in both. */
export function comesAs({ styles }: EventTypeEntry, style: 'snapshot' | 'thin'): boolean {
  return styles.some((known) => known === style);
}
