import { type DomainOrUnrecognized, HANDLER_NAMES } from '../catalogue/domains.ts';
import type { Via } from '../event/fanout.ts';
import { isRecord } from '../event/stripe-event.ts';
import type { ObjectKey } from '../projection/object-key.ts';

/** What a domain's handler asks of the resolver: the present state of one object. */
export interface RefreshRequest {
  /** Where the answer goes. */
  readonly domain: DomainOrUnrecognized;
  /** `tie`: Stripe's events do not tell what is true. `latest`: the domain wants more than its events say. */
  readonly reason: 'tie' | 'latest';
  /** The row that it is for. */
  readonly key: ObjectKey;
  /** What that row is as of, in Unix milliseconds: once it is newer, nothing needs to be asked any more. */
  readonly asOf: number;
  /** The object: its key `object`, its id where it has one, and the path at which Stripe's API answers it. */
  readonly kind: string;
  readonly id?: string;
  readonly url: string;
  readonly livemode: boolean;
  /** `Stripe-Context`. */
  readonly context?: string;
  /** The event that was handled: Stripe's id and type, and its account. */
  readonly event: string;
  readonly type: string;
  readonly account?: string;
  /** How it came, and to which destination. */
  readonly via: Via;
  readonly destination: string;
  /** Path at which Stripe answers that event, whose being found proves the key. Absent where Stripe has none any more. */
  readonly eventUrl?: string;
}

/** The message in the refresh queue, in the form in which all queues hold their subject. */
export function writeRefreshRequest({ event, type, account, ...refresh }: RefreshRequest): string {
  return JSON.stringify({ detail: { id: event, type, ...(account !== undefined && { account }), refresh } });
}

/** @returns `undefined` when the text is no such message */
export function readRefreshRequest(body: string): RefreshRequest | undefined {
  const message = parse(body);
  const detail = isRecord(message) && isRecord(message.detail) ? message.detail : {};
  const { id: event, type, account, refresh } = detail;
  const request = { event, type, account, ...(isRecord(refresh) && refresh) };
  return isRefreshRequest(request) ? request : undefined;
}

const TEXTS = ['event', 'type', 'kind', 'url', 'destination'] as const;
const OPTIONAL_TEXTS = ['account', 'id', 'context', 'eventUrl'] as const;
const VIAS: readonly unknown[] = ['webhook', 'partner', 'reconcile'] satisfies Via[];

function isRefreshRequest(value: Record<string, unknown>): value is RefreshRequest & Record<string, unknown> {
  const { key } = value;
  return (
    TEXTS.every((name) => typeof value[name] === 'string') &&
    OPTIONAL_TEXTS.every((name) => ['string', 'undefined'].includes(typeof value[name])) &&
    HANDLER_NAMES.some((name) => name === value.domain) &&
    VIAS.includes(value.via) &&
    (value.reason === 'tie' || value.reason === 'latest') &&
    isRecord(key) &&
    typeof key.object === 'string' &&
    typeof key.scope === 'string' &&
    Number.isFinite(value.asOf) &&
    typeof value.livemode === 'boolean'
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
