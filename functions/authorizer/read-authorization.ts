import type Stripe from 'stripe';
import { isRecord, type SnapshotEvent } from '#shared/event/stripe-event.ts';
import type { AuthorizationRequest } from './authorization-policy.ts';

/**
 * What a policy is asked, out of Stripe's event.
 * @returns `undefined` when the event's object is no authorization with a pending request
 */
export function readAuthorization({ data, livemode, account }: SnapshotEvent): AuthorizationRequest | undefined {
  const authorization: unknown = data.object;
  if (!isAuthorization(authorization) || authorization.pending_request === null) return undefined;
  const { pending_request: pending, merchant_data: merchant, card } = authorization;
  return {
    amount: pending.amount,
    currency: pending.currency,
    isAmountControllable: pending.is_amount_controllable,
    merchantAmount: pending.merchant_amount,
    merchantCurrency: pending.merchant_currency,
    merchant,
    card,
    authorization,
    livemode,
    ...(account !== undefined && { account }),
  };
}

/** Looks at what is read here and by spending; the rest is as Stripe's package describes it. */
function isAuthorization(value: unknown): value is Stripe.Issuing.Authorization {
  if (!isRecord(value) || value.object !== 'issuing.authorization') return false;
  const { id, amount, created, card, merchant_data: merchant, pending_request: pending } = value;
  const isPending =
    isRecord(pending) && Number.isSafeInteger(pending.amount) && typeof pending.is_amount_controllable === 'boolean';
  return (
    typeof id === 'string' &&
    Number.isSafeInteger(amount) &&
    Number.isSafeInteger(created) &&
    isRecord(card) &&
    typeof card.id === 'string' &&
    isRecord(card.metadata) &&
    isRecord(merchant) &&
    isPending
  );
}
