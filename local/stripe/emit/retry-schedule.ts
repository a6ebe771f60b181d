const MINUTE = 60;
const HOUR = 3_600;

/** Three times over a few hours. */
const SANDBOX = [MINUTE, 30 * MINUTE, 3 * HOUR];

/** Growing, up to three days. */
const LIVE = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, ...Array<number>(4).fill(12 * HOUR)];

/**
 * The waits between Stripe's tries to deliver an event. Stripe states how long it tries; the intervals are ours.
 * @returns seconds
 * @see https://docs.stripe.com/webhooks#automatic-retries
 */
export function retrySchedule(livemode: boolean): readonly number[] {
  return livemode ? LIVE : SANDBOX;
}
