import { sliceMembers } from '#shared/event/json-slice.ts';
import { fetchedAsOf } from '#shared/projection/fetched-as-of.ts';
import { isIdGivenOnce, type ObjectKey } from '#shared/projection/object-key.ts';
import type { OpenedEvent } from '../open-message.ts';
import type { ProjectionMode } from '../ports.ts';
import type { Incoming } from './join.ts';
import { SMALL_TEXT } from './large-bodies.ts';
import { isGone, isRedaction } from './life.ts';

/** What an event says about its object, in Stripe's own text as far as it may be kept. */
export function readSighting(
  { event, dataText }: OpenedEvent,
  key: ObjectKey,
  mode: Exclude<ProjectionMode, 'off'>,
): Incoming {
  const data = sliceMembers(dataText);
  const kind = typeof event.data.object.object === 'string' ? event.data.object.object : '';
  const gone = isGone(event.type, kind, event.data.object);
  const redacts = isRedaction(event.type);
  const previous = comparable(data.get('previous_attributes'), mode);
  const hasBody = !redacts && !(gone && isIdGivenOnce(key));
  return {
    asOf: asOfOf(event),
    sighting: {
      event: event.id,
      type: event.type,
      kind,
      gone,
      ...(hasBody ? { body: { text: kept(data.get('object') ?? '{}', mode) } } : {}),
      ...(hasBody && previous !== undefined ? { previous } : {}),
    },
    lasting: gone && isIdGivenOnce(key),
    redacts,
  };
}

/** When the object was as the event shows it, in Unix milliseconds. */
function asOfOf({ created, fanout }: OpenedEvent['event']): number {
  return fanout.resolvedAt === undefined ? created * 1000 : fetchedAsOf(Date.parse(fanout.resolvedAt));
}

/**
 * `previous_attributes`, unless they are too large to stay in the row beside those of other events. That is decided by
 * this event alone: were it decided by what else the row holds, the order of arrival would show in the result.
 */
function comparable(previous: string | undefined, mode: Exclude<ProjectionMode, 'off'>): string | undefined {
  if (!previous?.startsWith('{')) return undefined;
  const text = kept(previous, mode);
  return Buffer.byteLength(text) <= SMALL_TEXT ? text : undefined;
}

/** Without these nobody could tell what a row is, so they are kept whatever fields are named. */
const ALWAYS_KEPT: readonly string[] = ['id', 'object'];

function kept(text: string, mode: Exclude<ProjectionMode, 'off'>): string {
  if (mode === 'full') return text;
  const fields = [...sliceMembers(text)].filter(([name]) => mode.includes(name) || ALWAYS_KEPT.includes(name));
  return `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
}
