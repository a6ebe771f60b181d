import type Stripe from 'stripe';

/** A card is used, and Stripe asks. All amounts are in the smallest unit of their currency. */
export interface AuthorizationRequest {
  /** What Stripe holds if it is approved, beyond what it holds already, in the card's `currency`. */
  readonly amount: number;
  readonly currency: string;
  /** Whether another amount than that may be approved. */
  readonly isAmountControllable: boolean;
  /** What the merchant asks for, in the merchant's currency. */
  readonly merchantAmount: number;
  readonly merchantCurrency: string;
  readonly merchant: Stripe.Issuing.Authorization.MerchantData;
  readonly card: Stripe.Issuing.Card;
  /** All that Stripe says. */
  readonly authorization: Stripe.Issuing.Authorization;
  readonly livemode: boolean;
  /** The connected account that issued the card; absent for the own account's. */
  readonly account?: string;
}

/** What Stripe is told. */
export interface Decision {
  readonly approved: boolean;
  /** Another amount to hold, where `isAmountControllable`: a whole positive number. Left out, all of it. */
  readonly amount?: number;
  /** Kept by Stripe with the authorization: at most 50 keys of 40 characters, and 500 characters of text each. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** What a policy may use. */
export interface PolicyContext {
  /** Ends when the policy's time is over: hand it to every call. What is decided after that is not heard. */
  readonly signal: AbortSignal;
  /** What the card has spent so far, in its currency: the authorizations that were approved here and still count. */
  readonly spending: {
    /** Since midnight UTC. */
    today(): Promise<number>;
    /** Since the first of the month, UTC. */
    thisMonth(): Promise<number>;
  };
  /** Writes a log line with the event's id. Never log the request itself: it holds personal data. */
  log(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/**
 * Decides about one use of a card. It may be asked twice about the same one, so it changes nothing: what follows from a
 * decision belongs into a reaction to `issuing_authorization.created`. When it throws, or is not done in time, the
 * configured fallback is the answer.
 */
export type AuthorizationPolicy = (
  request: AuthorizationRequest,
  context: PolicyContext,
) => Decision | Promise<Decision>;
