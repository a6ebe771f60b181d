import { isRecord } from '../event/stripe-event.ts';
import type { StripeApi } from '../ports/stripe-api.ts';

const PAGE = 100;

/**
 * One page of the ids of connected accounts, the newest first.
 * @param after `next` of the page before
 * @throws as {@link StripeApi}
 */
export async function listAccounts(
  stripe: StripeApi,
  livemode: boolean,
  after: string | undefined,
  signal: AbortSignal,
): Promise<{ readonly ids: readonly string[]; readonly next?: string }> {
  const from = after === undefined ? '' : `&starting_after=${after}`;
  const { value } = await stripe.request({ path: `/v1/accounts?limit=${PAGE}${from}`, livemode }, signal);
  const data: readonly unknown[] = Array.isArray(value.data) ? value.data : [];
  const ids = data.flatMap((account) => (isRecord(account) && typeof account.id === 'string' ? [account.id] : []));
  const last = ids.at(-1);
  return { ids, ...(value.has_more === true && last !== undefined && { next: last }) };
}
