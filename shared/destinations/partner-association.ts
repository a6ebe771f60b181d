import type { FoundDestination } from './found-destination.ts';

/** Days after which AWS deletes an event source that no bus was made for. */
const ASSOCIATION_DAYS = 7;
const DAY_MS = 86_400_000;

/** Until when the bus of an EventBridge destination must be there, in Unix milliseconds. */
export function associateBefore({ created }: Pick<FoundDestination, 'created'>): number {
  return created + ASSOCIATION_DAYS * DAY_MS;
}

/** What stands between an EventBridge destination and its bus; `undefined` when nothing does, or Stripe cannot tell. */
export function associationOf(found: Pick<FoundDestination, 'created' | 'eventSource'>): string | undefined {
  const { status = '' } = found.eventSource ?? {};
  if (status === 'deleted') {
    return 'AWS has deleted its event source: make another with fanout destinations partner, and declare that';
  }
  if (status !== 'pending') return undefined;
  const until = new Date(associateBefore(found)).toISOString().slice(0, 16).replace('T', ' ');
  return `its event source waits for its bus: deploy before ${until} UTC, or AWS deletes it and Stripe switches the destination off`;
}
