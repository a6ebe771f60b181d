import type { DrillWorld } from './scenario.ts';

/** Has Stripe's stand-in send thin events, each about an object of its own. @returns their ids */
export function freshNotifications({ runtime }: Pick<DrillWorld, 'runtime'>, type: string, count: number): string[] {
  const { stripe } = runtime;
  if (stripe === undefined) throw new Error('Thin events need the stand-in of Stripe.');
  return Array.from({ length: count }, () => stripe.emit({ type, style: 'thin' })).flatMap((emitted) =>
    emitted.map(({ id }) => id),
  );
}
