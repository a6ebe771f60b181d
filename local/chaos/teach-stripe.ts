import type { StripeWorld } from '../stripe/store/stripe-world.ts';
import type { ChaosPlan } from './chaos-plan.ts';

/**
 * Lets Stripe's stand-in know what is true: each object in its last state, and the events that tell of it. It sends
 * none of them; it is asked where events do not tell what came last.
 */
export function teachStripe(world: StripeWorld, { histories }: Pick<ChaosPlan, 'histories'>): void {
  for (const { events, last } of histories) {
    for (const event of events) world.snapshots.add(scopeOf(event), event);
    const final = events.at(-1);
    if (final === undefined) continue;
    if (last.is === 'gone') world.objects.delete(scopeOf(final), final.data.object);
    if (last.is === 'shown' || last.is === 'either') world.objects.put(scopeOf(final), final.data.object);
  }
}

function scopeOf({ livemode, account }: { readonly livemode: boolean; readonly account?: string }) {
  return { livemode, account };
}
