import { StripeRequestRefused } from '../errors/stripe-errors.ts';
import { sliceElements, sliceMembers } from '../event/json-slice.ts';
import { createdMs, isRecord, isStripeEvent, type StripeEvent } from '../event/stripe-event.ts';
import type { StripeAnswer, StripeApi } from '../ports/stripe-api.ts';

/** Which of Stripe's lists, and whose. */
export interface EventList {
  readonly payload: 'snapshot' | 'thin';
  readonly livemode: boolean;
  /** A connected account; absent for the key's own. */
  readonly account?: string | undefined;
  /** Unix milliseconds, both ends included; whole seconds. */
  readonly from: number;
  readonly to: number;
  /** Only snapshots whose delivery is pending or has failed somewhere; of thin events Stripe does not say. */
  readonly undelivered?: boolean;
  /** Stripe's names, 20 at most. @default all */
  readonly types?: readonly string[] | undefined;
}

/** An event and Stripe's own text of it. */
export interface ListedEvent {
  readonly event: StripeEvent;
  readonly text: string;
}

export interface EventPage {
  readonly events: readonly ListedEvent[];
  /** How many list entries were no events that this version can read. */
  readonly unreadable: number;
  /** Where the next page begins; absent after the last one. */
  readonly next?: string;
}

const PAGE = 100;

/**
 * One page of a list, newest first. Both lists go back 30 days.
 * @param at where it begins: `next` of the page before
 * @throws as {@link StripeApi}
 */
export async function listEvents(
  stripe: StripeApi,
  list: EventList,
  at: string | undefined,
  signal: AbortSignal,
): Promise<EventPage> {
  const { payload, livemode, account: context } = list;
  const ask = (path: string) => stripe.request({ path, livemode, context }, signal);
  const answer = payload === 'snapshot' ? await ask(snapshotPath(list, at)) : await askThin(list, at, ask);
  const { events, unreadable, oldest } = eventsIn(answer);
  const next = nextOf(answer, payload);
  const isOver = oldest !== undefined && oldest < list.from;
  return {
    events: events.filter(({ event }) => createdMs(event) >= list.from && createdMs(event) <= list.to),
    unreadable,
    ...(next !== undefined && !isOver && { next }),
  };
}

/** In which form API v2 wants times is not written down. ISO 8601 is how it writes them; without them the list is longer. */
function askThin(
  { from, to, types = [] }: EventList,
  at: string | undefined,
  ask: (path: string) => Promise<StripeAnswer>,
): Promise<StripeAnswer> {
  const whole = `/v2/core/events?limit=${PAGE}${typesQuery(types)}`;
  if (at !== undefined) return ask(at);
  // What arose within the last millisecond is still later than its beginning.
  const [gte, lte] = [from, to + 1].map((ms) => new Date(ms).toISOString());
  return ask(`${whole}&created[gte]=${gte}&created[lte]=${lte}`).catch((error: unknown) => {
    if (!(error instanceof StripeRequestRefused)) throw error;
    return ask(whole);
  });
}

function typesQuery(types: readonly string[]): string {
  return types.map((type, index) => `&types[${index}]=${encodeURIComponent(type)}`).join('');
}

function snapshotPath({ from, to, undelivered, types = [] }: EventList, after: string | undefined): string {
  const query = [
    `limit=${PAGE}`,
    `created[gte]=${Math.floor(from / 1000)}`,
    `created[lte]=${Math.floor(to / 1000)}`,
    ...(undelivered === true ? ['delivery_success=false'] : []),
    ...(after === undefined ? [] : [`starting_after=${after}`]),
  ];
  return `/v1/events?${query.join('&')}${typesQuery(types)}`;
}

function nextOf({ value }: StripeAnswer, payload: 'snapshot' | 'thin'): string | undefined {
  if (payload === 'thin') return typeof value.next_page_url === 'string' ? value.next_page_url : undefined;
  const last = Array.isArray(value.data) ? value.data.at(-1) : undefined;
  return value.has_more === true && isRecord(last) ? String(last.id) : undefined;
}

/** The events in the bytes that Stripe sent, as webhooks bring them. */
function eventsIn({ text, value }: StripeAnswer) {
  const values: readonly unknown[] = Array.isArray(value.data) ? value.data : [];
  const texts = sliceElements(sliceMembers(text).get('data') ?? '[]');
  const events = values.flatMap((event, index): ListedEvent[] =>
    isStripeEvent(event) ? [{ event, text: texts[index] ?? '' }] : [],
  );
  const times = events.map(({ event }) => createdMs(event));
  return {
    events,
    unreadable: values.length - events.length,
    oldest: times.length > 0 ? Math.min(...times) : undefined,
  };
}
