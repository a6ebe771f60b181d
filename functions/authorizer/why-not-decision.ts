import { isRecord } from '#shared/event/stripe-event.ts';
import type { AuthorizationRequest } from './authorization-policy.ts';

/** Stripe's limits of metadata. */
const MAX_KEYS = 50;
const MAX_KEY_LENGTH = 40;
const MAX_VALUE_LENGTH = 500;

/**
 * Says what keeps a policy's answer from being one that Stripe takes.
 * @returns one sentence, or `undefined` when it is one
 */
export function whyNotDecision(
  decision: unknown,
  { isAmountControllable }: Pick<AuthorizationRequest, 'isAmountControllable'>,
): string | undefined {
  if (!isRecord(decision) || typeof decision.approved !== 'boolean') return '"approved" is not true or false.';
  const { approved, amount, metadata } = decision;
  if (amount !== undefined) {
    if (!Number.isSafeInteger(amount) || Number(amount) <= 0) return '"amount" is not a whole positive number.';
    if (!isAmountControllable) return 'An "amount" is given for a request whose amount is not controllable.';
    if (!approved) return 'An "amount" is given for what is declined.';
  }
  return metadata === undefined ? undefined : whyNotMetadata(metadata);
}

function whyNotMetadata(metadata: unknown): string | undefined {
  if (!isRecord(metadata)) return '"metadata" is not an object.';
  const entries = Object.entries(metadata);
  if (entries.length > MAX_KEYS) return `"metadata" has ${entries.length} keys; ${MAX_KEYS} are taken.`;
  const wrong = entries.find(
    ([key, value]) => key.length > MAX_KEY_LENGTH || typeof value !== 'string' || value.length > MAX_VALUE_LENGTH,
  );
  return (
    wrong && `"metadata.${wrong[0].slice(0, MAX_KEY_LENGTH)}" is no text of at most ${MAX_VALUE_LENGTH} characters.`
  );
}
