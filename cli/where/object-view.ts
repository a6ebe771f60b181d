import type { ObjectRow } from '#shared/projection/object-row.ts';

/** What is known of an object, without the object: it may hold personal data. */
export interface ObjectView {
  readonly object: string;
  readonly scope: string;
  readonly kind: string;
  readonly state: 'kept' | 'ambiguous' | 'deleted' | 'redacted';
  /** ISO 8601: what Stripe says of that time. */
  readonly asOf: string;
  readonly updatedAt: string;
  readonly lastEvent: string;
  readonly lastType: string;
  /** The events that changed it, the newest last; at most ten. */
  readonly recent: readonly string[];
  /** Where the object's text is. */
  readonly body: 'here' | 'in S3' | 'none';
}

export function objectView(row: ObjectRow): ObjectView {
  const { current, asOf } = row;
  return {
    object: row.object,
    scope: row.scope,
    kind: current.kind,
    state: stateOf(row),
    asOf: Number.isFinite(asOf) ? new Date(asOf).toISOString() : '',
    updatedAt: row.updatedAt,
    lastEvent: current.event,
    lastType: current.type,
    recent: row.recent,
    body: current.body?.text !== undefined ? 'here' : current.body?.at !== undefined ? 'in S3' : 'none',
  };
}

function stateOf({ redactedAt, tombstone, current, ambiguous }: ObjectRow): ObjectView['state'] {
  if (redactedAt !== undefined) return 'redacted';
  if (tombstone || current.gone) return 'deleted';
  return ambiguous ? 'ambiguous' : 'kept';
}
