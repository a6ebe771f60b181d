import type { DeclaredDestination } from './declared-destination.ts';
import type { Mode, StripeConfiguration } from './stripe-configuration.ts';
import { wantedTypes } from './wanted-types.ts';

/** One destination as it should be at Stripe, in one mode. */
export interface WantedDestination {
  /** What it is, among all of the stage in this mode: `account/snapshot`, `connect/thin`, `all/thin/own`. */
  readonly slot: string;
  /** Stripe's id of one that must exist to be declared: a destination of the kind Amazon EventBridge. */
  readonly id?: string;
  /** Name in the configuration, and end of the URL. */
  readonly destination: string;
  readonly api: 'v2' | 'v1';
  readonly payload: 'snapshot' | 'thin';
  readonly accounts: 'own' | 'connected';
  /** Empty for one of the kind Amazon EventBridge. */
  readonly url: string;
  readonly enabledEvents: readonly string[];
  /** Only of snapshots: notifications have no version. */
  readonly apiVersion?: string;
}

/** Most that Stripe lets an account have in one mode, whoever made them. @see https://docs.stripe.com/event-destinations */
export const MAX_DESTINATIONS = 16;

/**
 * What Stripe should have in one mode: a destination of Stripe has one payload style and one kind of accounts, so one
 * of the configuration can be up to four.
 * @param webhookUrl the ingress's base URL
 */
export function wantedDestinations(
  { apiVersion, destinations, domainsOff }: StripeConfiguration,
  mode: Mode,
  webhookUrl: string,
): readonly WantedDestination[] {
  return destinations
    .filter((declared) => declared.mode === 'both' || declared.mode === mode)
    .flatMap((declared) =>
      scopesOf(declared).map(({ payload, accounts }): WantedDestination => {
        const isSplit = declared.accounts === 'either';
        return {
          slot: [declared.name, payload, ...(isSplit ? [accounts] : [])].join('/'),
          destination: declared.name,
          api: declared.endpoint === 'classic' && payload === 'snapshot' ? 'v1' : 'v2',
          payload,
          accounts,
          url: `${webhookUrl}/${declared.name}`,
          enabledEvents: wantedTypes(declared, payload, accounts, domainsOff),
          ...(payload === 'snapshot' && { apiVersion }),
        };
      }),
    )
    .filter(({ enabledEvents }) => enabledEvents.length > 0);
}

function scopesOf({ payload, accounts }: DeclaredDestination) {
  const payloads = payload === 'either' ? (['snapshot', 'thin'] as const) : [payload];
  const kinds = accounts === 'either' ? (['own', 'connected'] as const) : [accounts];
  return payloads.flatMap((style) => kinds.map((kind) => ({ payload: style, accounts: kind })));
}
