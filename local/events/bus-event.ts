import { randomUUID } from 'node:crypto';
import { ACCOUNT, REGION } from '../assembly/account.ts';
import type { PutEventsEntry } from './read-entry.ts';

/** An event on a bus. */
export interface BusEvent {
  readonly id: string;
  /** When it happened, as the publisher said, or when it arrived. Archives and replays select by it. */
  readonly time: Date;
  readonly source: string;
  readonly detailType: string;
  /** What a target receives: JSON text with the detail's own bytes in it. */
  readonly json: string;
}

export function toBusEvent(entry: PutEventsEntry, now: Date): BusEvent {
  const id = randomUUID();
  const { source, detailType, resources, detail } = entry;
  const time = entry.time ?? now;
  const head = JSON.stringify({
    version: '0',
    id,
    'detail-type': detailType,
    source,
    account: ACCOUNT,
    // EventBridge hands out whole seconds.
    time: `${time.toISOString().slice(0, 19)}Z`,
    region: REGION,
    resources,
  });
  return { id, time, source, detailType, json: `${head.slice(0, -1)},"detail":${detail}}` };
}

/** The same event as a replay delivers it. */
export function asReplayed(event: BusEvent, replayName: string): BusEvent {
  return { ...event, json: `${event.json.slice(0, -1)},"replay-name":${JSON.stringify(replayName)}}` };
}
