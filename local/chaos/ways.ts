import type { Random } from '#shared/random/seeded-random.ts';

/** How Stripe sends an event: to a webhook endpoint, or to a partner event bus. */
export type Way = 'webhook' | 'partner';

const SHARE = { partner: 0.12, both: 0.13 } as const;

/** The ways that an event comes by: most by webhook, some over the partner bus, some by both, and then it is one event. */
export function pickWays(random: Random): readonly Way[] {
  if (random.chance(SHARE.partner)) return ['partner'];
  return random.chance(SHARE.both) ? ['webhook', 'partner'] : ['webhook'];
}
