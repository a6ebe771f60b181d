import { PING_TYPE } from '../event/ping-type.ts';
import type { WantedDestination } from './wanted-destination.ts';

/** Types that come a few times a year, if at all. */
const RARE = ['climate.product.created', 'sigma.scheduled_query_run.created', 'account.application.authorized'];

/**
 * What a new destination asks for until its secret is known everywhere: a type that is not going to come. For Stripe
 * tells the secret in the same answer in which it begins to send, and an ingress that does not know it yet must refuse.
 */
export function starterTypes({ payload, enabledEvents }: WantedDestination): readonly string[] {
  if (payload === 'thin') return [PING_TYPE];
  const [first = ''] = enabledEvents;
  return [RARE.find((name) => enabledEvents.includes(name)) ?? first];
}
