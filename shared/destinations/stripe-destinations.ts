import { PipelineError } from '../errors/pipeline-error.ts';
import { isRecord } from '../event/stripe-event.ts';
import type { StripeAnswer, StripeApi } from '../ports/stripe-api.ts';
import { type FoundDestination, readEventDestination, readWebhookEndpoint } from './found-destination.ts';
import { EVENT_DESTINATIONS, isRefusal, listDestinations, WEBHOOK_ENDPOINTS } from './list-destinations.ts';
import type { Mode } from './stripe-configuration.ts';
import type { WantedDestination } from './wanted-destination.ts';

/** What an update changes; the rest stays. */
export interface DestinationChange {
  readonly enabledEvents?: readonly string[];
  readonly url?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface NewDestination {
  readonly wanted: WantedDestination;
  /** What a person sees in Stripe. */
  readonly name: string;
  readonly enabledEvents: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** Stripe's destinations of one mode, by API v2, and by v1 for classic endpoints. */
export class StripeDestinations {
  readonly #stripe: StripeApi;
  readonly #livemode: boolean;
  readonly #newKey: () => string;

  /** @param newKey makes an idempotency key that nobody has used */
  constructor(stripe: StripeApi, mode: Mode, newKey: () => string) {
    this.#stripe = stripe;
    this.#livemode = mode === 'live';
    this.#newKey = newKey;
  }

  /** The account that the key belongs to. */
  async account(signal: AbortSignal): Promise<string> {
    return String((await this.#ask('GET', '/v1/account', signal)).value.id);
  }

  /** Everything that Stripe has: see {@link listDestinations}. */
  list(needed: ReadonlySet<'v1' | 'v2'>, signal: AbortSignal): Promise<readonly FoundDestination[]> {
    return listDestinations(this.#stripe, this.#livemode, needed, signal);
  }

  /** @returns the destination, and its signing secret, which Stripe tells this once */
  async create(made: NewDestination, signal: AbortSignal): Promise<{ found: FoundDestination; secret: string }> {
    const isClassic = made.wanted.api === 'v1';
    const { value } = await (isClassic
      ? this.#ask('POST', WEBHOOK_ENDPOINTS, signal, classicParams(made))
      : this.#ask('POST', EVENT_DESTINATIONS, signal, modernParams(made)));
    const found = isClassic ? readWebhookEndpoint(value) : readEventDestination(value);
    const endpoint = isRecord(value.webhook_endpoint) ? value.webhook_endpoint : {};
    const secret = isClassic ? value.secret : endpoint.signing_secret;
    if (found === undefined || typeof secret !== 'string') {
      throw new Error('Stripe answered the creation of a destination without its id or its signing secret.');
    }
    return { found, secret };
  }

  /** Makes a destination of the kind Amazon EventBridge: its event source appears in AWS, and waits for its bus. */
  async createPartner(
    made: Omit<NewDestination, 'metadata'>,
    { account, region }: { readonly account: string; readonly region: string },
    signal: AbortSignal,
  ): Promise<FoundDestination> {
    const { webhook_endpoint: _, include: __, ...common } = modernParams({ ...made, metadata: {} });
    const params = {
      ...common,
      type: 'amazon_eventbridge',
      amazon_eventbridge: { aws_account_id: account, aws_region: region },
    };
    const found = readEventDestination((await this.#ask('POST', EVENT_DESTINATIONS, signal, params)).value);
    if (found === undefined) throw new Error('Stripe answered the creation of a destination without one.');
    return found;
  }

  async update({ id, api }: FoundDestination, change: DestinationChange, signal: AbortSignal): Promise<void> {
    const { enabledEvents, url, metadata } = change;
    const common = { ...(enabledEvents && { enabled_events: [...enabledEvents] }), ...(metadata && { metadata }) };
    const endpoint = api === 'v1' ? { url } : { webhook_endpoint: { url } };
    await this.#ask('POST', pathOf({ id, api }), signal, { ...common, ...(url !== undefined && endpoint) });
  }

  async enable(found: FoundDestination, signal: AbortSignal): Promise<void> {
    if (found.api === 'v1') await this.#ask('POST', pathOf(found), signal, { disabled: false });
    else await this.#ask('POST', `${pathOf(found)}/enable`, signal, {});
  }

  /** Stripe tries nothing more, and would go on if it were enabled again. */
  async disable(found: FoundDestination, signal: AbortSignal): Promise<void> {
    if (found.api === 'v1') await this.#ask('POST', pathOf(found), signal, { disabled: true });
    else await this.#ask('POST', `${pathOf(found)}/disable`, signal, {});
  }

  /** What it still owed is never sent. One that is gone already is no error. */
  async remove(found: FoundDestination, signal: AbortSignal): Promise<void> {
    await this.#ask('DELETE', pathOf(found), signal).catch((error: unknown) => {
      if (!(error instanceof PipelineError && error.code === 'stripe_not_found')) throw error;
    });
  }

  /** Has Stripe send an event that tests the way. @returns whether it can: classic endpoints have no ping */
  async ping(found: FoundDestination, signal: AbortSignal): Promise<boolean> {
    if (found.api === 'v1') return false;
    try {
      await this.#ask('POST', `${pathOf(found)}/ping`, signal, {});
      return true;
    } catch (error) {
      if (isRefusal(error)) return false;
      throw error;
    }
  }

  #ask(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    signal: AbortSignal,
    params?: Readonly<Record<string, unknown>>,
  ): Promise<StripeAnswer> {
    // With a key of its own a request whose answer was lost can be repeated, and makes no second destination.
    const repeat = method === 'POST' ? { params: params ?? {}, idempotencyKey: this.#newKey() } : {};
    return this.#stripe.request({ method, path, livemode: this.#livemode, ...repeat }, signal);
  }
}

function modernParams({ wanted, name, enabledEvents, metadata }: NewDestination): Readonly<Record<string, unknown>> {
  return {
    name,
    type: 'webhook_endpoint',
    event_payload: wanted.payload,
    enabled_events: [...enabledEvents],
    events_from: [wanted.accounts === 'own' ? '@self' : '@accounts'],
    ...(wanted.apiVersion !== undefined && { snapshot_api_version: wanted.apiVersion }),
    webhook_endpoint: { url: wanted.url },
    metadata,
    include: ['webhook_endpoint.signing_secret', 'webhook_endpoint.url'],
  };
}

function classicParams({ wanted, name, enabledEvents, metadata }: NewDestination): Readonly<Record<string, unknown>> {
  return {
    description: name,
    url: wanted.url,
    enabled_events: [...enabledEvents],
    connect: wanted.accounts === 'connected',
    ...(wanted.apiVersion !== undefined && { api_version: wanted.apiVersion }),
    metadata,
  };
}

function pathOf({ id, api }: Pick<FoundDestination, 'id' | 'api'>): string {
  return `${api === 'v1' ? WEBHOOK_ENDPOINTS : EVENT_DESTINATIONS}/${id}`;
}
