/** A snapshot event as Stripe sends it: the object as it was when the event arose. */
export interface SnapshotEvent {
  readonly id: string;
  readonly object: 'event';
  readonly type: string;
  /** Unix seconds. */
  readonly created: number;
  readonly livemode: boolean;
  readonly api_version?: string | null;
  /** The connected account the event belongs to; absent for the account's own events. */
  readonly account?: string;
  /** Path of accounts for organizations. */
  readonly context?: string | null;
  readonly data: {
    readonly object: Readonly<Record<string, unknown>>;
    readonly previous_attributes?: Readonly<Record<string, unknown>> | null;
  };
  readonly pending_webhooks?: number;
  readonly request?: { readonly id: string | null; readonly idempotency_key: string | null } | null;
}

/** A thin event notification: names the object that changed and leaves fetching it to the receiver. */
export interface ThinEvent {
  readonly id: string;
  readonly object: 'v2.core.event';
  readonly type: string;
  /** ISO 8601, up to nanoseconds. */
  readonly created: string;
  readonly livemode: boolean;
  readonly context?: string | null;
  /** The object to fetch; an id is missing where there is one such object per account. */
  readonly related_object?: { readonly id?: string; readonly type: string; readonly url: string } | null;
  /** Id of the snapshot event of the same change, where the account has destinations of both styles. */
  readonly snapshot_event?: string | null;
  readonly changes?: Readonly<Record<string, unknown>> | null;
  /** What caused it. */
  readonly reason?: Readonly<Record<string, unknown>> | null;
  /** Only of an event that was fetched. */
  readonly data?: Readonly<Record<string, unknown>> | null;
}

export type StripeEvent = SnapshotEvent | ThinEvent;

/** Longest type that EventBridge takes as a detail type. */
const MAX_TYPE_LENGTH = 128;
/** Matches every type that Stripe's SDK 23.1.0 names, bracketed thin types included. */
const TYPE_GRAMMAR = /^(v[12]\.)?[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*(\[[a-z0-9_.]+\])?)*\.[a-z][a-z0-9_]*$/;
/** Longer than any id Stripe has sent; far below DynamoDB's 2,048 bytes for a key. */
const ID_GRAMMAR = /^evt_[A-Za-z0-9_]{1,250}$/;

/**
 * Says what keeps a parsed JSON value from being a Stripe event.
 * @returns one phrase for a person, or `undefined` when `value` is a {@link StripeEvent}
 */
export function whyNotStripeEvent(value: unknown): string | undefined {
  if (!isRecord(value)) return 'the body is not a JSON object';
  if (value.object !== 'event' && value.object !== 'v2.core.event') return '"object" is not event or v2.core.event';
  if (typeof value.id !== 'string' || !ID_GRAMMAR.test(value.id)) return '"id" is not an evt_… id';
  if (typeof value.type !== 'string' || !isEventType(value.type)) {
    return `"type" is not an event type of at most ${MAX_TYPE_LENGTH} characters`;
  }
  if (typeof value.livemode !== 'boolean') return '"livemode" is not true or false';
  if (Object.hasOwn(value, 'fanout')) return 'a key "fanout" is reserved for this pipeline';
  return value.object === 'event' ? whyNotSnapshot(value) : whyNotThin(value);
}

/** Whether a parsed JSON value is a Stripe event, snapshot or thin. */
export function isStripeEvent(value: unknown): value is StripeEvent {
  return whyNotStripeEvent(value) === undefined;
}

/** Whether a text has the form of Stripe's event types, known or new, and a length that EventBridge takes. */
export function isEventType(text: string): boolean {
  return text.length <= MAX_TYPE_LENGTH && TYPE_GRAMMAR.test(text);
}

/** Whether an event is a thin notification. */
export function isThin(event: StripeEvent): event is ThinEvent {
  return event.object === 'v2.core.event';
}

/** When Stripe made the event, in Unix milliseconds; fractions below that are cut off. */
export function createdMs(event: StripeEvent): number {
  return isThin(event) ? Date.parse(event.created) : event.created * 1000;
}

/**
 * The account an event belongs to, as far as the event itself says.
 * @returns the connected account, or `undefined` for the own account
 */
export function accountOf(event: StripeEvent): string | undefined {
  if (!isThin(event)) return event.account;
  return event.context?.split('/').at(-1);
}

/** A JSON object: neither null nor an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function whyNotSnapshot(value: Record<string, unknown>): string | undefined {
  if (!Number.isSafeInteger(value.created)) return '"created" is not a whole number of seconds';
  if (!isRecord(value.data) || !isRecord(value.data.object)) return '"data.object" is not an object';
  if (value.account !== undefined && typeof value.account !== 'string') return '"account" is not a string';
  return undefined;
}

function whyNotThin(value: Record<string, unknown>): string | undefined {
  if (typeof value.created !== 'string' || Number.isNaN(Date.parse(value.created))) {
    return '"created" is not an ISO 8601 time';
  }
  if (value.context != null && typeof value.context !== 'string') return '"context" is not a string';
  return undefined;
}
