import type Stripe from 'stripe';
import { describe, expectTypeOf, it } from 'vitest';
import type { Reactions } from '#functions/handlers/reaction.ts';
import type { EventType } from '#shared/catalogue/event-types.ts';
import type { EventOf, StripeEventType } from '#shared/event/event-of.ts';

/** What these tests promise, the compiler checks: `npm run check`. */
const accept = (_reactions: Reactions) => undefined;

describe('the type of an event that a reaction is given', () => {
  it('is inferred from the name it stands under', () => {
    accept({
      'invoice.paid': async (event, context) => {
        expectTypeOf(event.data.object.amount_paid).toEqualTypeOf<number>();
        expectTypeOf(event.fanout.publishedAt).toEqualTypeOf<string>();
        expectTypeOf(context.idempotencyKey).toEqualTypeOf<string>();
      },
      'customer.deleted': {
        forget: async (event) => {
          expectTypeOf(event.data.object).toEqualTypeOf<Stripe.Customer>();
        },
      },
    });
  });

  it('is that of the fetched object where Stripe sends a thin notification only', () => {
    accept({
      'customer.subscription.active': async ({ data }) => {
        expectTypeOf(data.object).toEqualTypeOf<Stripe.Subscription>();
      },
      'v2.core.account[configuration.merchant].updated': async ({ data }) => {
        expectTypeOf(data.object).toEqualTypeOf<Stripe.V2.Core.Account>();
      },
    });
  });

  it('knows nothing of the object where a notification points to none', () => {
    type Linked = EventOf<'v2.core.account_link.returned'>['data']['object'];

    expectTypeOf<Linked>().toEqualTypeOf<Readonly<Record<string, unknown>>>();
  });

  it('knows the one type that the package does not describe', () => {
    expectTypeOf<EventOf<'quote.will_expire'>['data']['object']>().toEqualTypeOf<Stripe.Quote>();
    expectTypeOf<EventOf<'quote.will_expire'>['created']>().toEqualTypeOf<number>();
  });

  it('covers every type of the catalogue', () => {
    expectTypeOf<Exclude<EventType, StripeEventType>>().toEqualTypeOf<never>();
  });

  it('lets no misspelt name and no wrong field pass', () => {
    accept({
      // @ts-expect-error There is no such event type.
      'invoice.payed': async () => undefined,
    });
    accept({
      'invoice.paid': async (event) => {
        // @ts-expect-error An invoice has no such field.
        event.data.object.amount_payed;
      },
      'customer.subscription.active': async (event) => {
        // @ts-expect-error A subscription has no such field.
        event.data.object.amount_paid;
      },
      'invoice.voided': async (_event, { keep }) => {
        // @ts-expect-error A key without a kind of the team's own would be a Stripe object's.
        await keep({ object: 'in_1', data: {} });
      },
    });
  });
});
