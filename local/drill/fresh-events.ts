import type { SnapshotEvent } from '#shared/event/stripe-event.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';

/** Events of one type with objects of their own, made now. */
export function freshEvents(type: string, count: number): SnapshotEvent[] {
  const now = Date.now();
  return Array.from({ length: count }, (_, i) =>
    sampleEvent(type, { seed: `drill ${now} ${i}`, created: Math.floor(now / 1000) }),
  );
}
