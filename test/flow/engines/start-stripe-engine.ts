import { stripeApi } from '#functions/adapters/stripe-api.ts';
import type { StripeApi } from '#shared/ports/stripe-api.ts';
import type { SampleThinEvent } from '#shared/samples/thin/sample-thin-event.ts';
import { startStripeFixture } from '../../unit/local/stripe/start-stripe-fixture.ts';

/** A Stripe that can be asked, whichever. */
export interface StripeEngine extends AsyncDisposable {
  readonly api: StripeApi;
  /** Lets it know an event and its object, where it does not make up an answer for any. */
  know(sample: SampleThinEvent): void;
}

/** Another Stripe than our stand-in: the conformance run sets its address. */
export const OTHER_STRIPE = process.env.STRIPE_UNDER_TEST;

const OWN = { livemode: false, account: undefined };

/** Far more than a test asks for: limits are not what is compared. */
const UNLIMITED = { test: 10_000, endpoint: 10_000 };

export async function startStripeEngine(): Promise<StripeEngine> {
  const ours = OTHER_STRIPE === undefined ? await startStripeFixture({ limits: UNLIMITED }) : undefined;
  const api = stripeApi({
    secret: { read: async () => '{"test":"rk_test_local"}' },
    clock: { now: Date.now },
    baseUrl: OTHER_STRIPE ?? ours?.local.url,
  });
  return {
    api,
    know: ({ relatedObject, fetchedEvent }) => {
      if (relatedObject) ours?.local.world.objects.put(OWN, relatedObject);
      ours?.local.world.thin.add(OWN, fetchedEvent);
    },
    [Symbol.asyncDispose]: async () => await ours?.[Symbol.asyncDispose](),
  };
}
