import type { JsonReader } from '../../json-reader.ts';

/** A use of a card, as a merchant asks for it. */
export interface CardUse {
  /** In the smallest unit of the card's currency. @default the sample's */
  readonly amount?: number | undefined;
  /** Whether the answer may name another amount. @default false */
  readonly isAmountControllable?: boolean | undefined;
  /** Id of the card. @default the sample's */
  readonly card?: string | undefined;
  readonly cardMetadata?: Readonly<Record<string, unknown>> | undefined;
  /** @default false */
  readonly livemode?: boolean | undefined;
  /** The connected account that issued the card. @default the own one */
  readonly account?: string | undefined;
  /** What the account's setting does about an endpoint that gives no decision. @default decline */
  readonly otherwise?: 'approve' | 'decline' | undefined;
}

/** What became of it. */
export interface Authorized {
  readonly event: string;
  readonly authorization: string;
  readonly approved: boolean;
  /** What is held. */
  readonly amount: number;
  /** Stripe's word for who decided. */
  readonly reason: 'webhook_approved' | 'webhook_declined' | 'webhook_error' | 'webhook_timeout';
  /** Status of the answer, where there was one in time. */
  readonly status: number | undefined;
  /** Until the answer was there, or was not waited for any more. */
  readonly answerMs: number;
}

/** Reads a use of a card from JSON. */
export function readCardUse(input: JsonReader): CardUse {
  return {
    amount: input.optionalNumber('amount'),
    isAmountControllable: input.optionalBoolean('isAmountControllable'),
    card: input.optionalString('card'),
    cardMetadata: input.optionalObject('cardMetadata')?.value,
    livemode: input.optionalBoolean('livemode'),
    account: input.optionalString('account'),
    otherwise: input.optionalString('otherwise') === 'approve' ? 'approve' : 'decline',
  };
}
