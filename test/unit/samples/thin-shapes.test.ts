import type Stripe from 'stripe';
import { describe, expectTypeOf, it } from 'vitest';
import type { SAMPLE_OBJECTS } from '#shared/samples/sample-objects.ts';
import type { THIN_EVENT_DATA } from '#shared/samples/thin/event-data.ts';
import type { THIN_OBJECTS } from '#shared/samples/thin/thin-objects.ts';

/** What the compiler takes for a literal, without its `readonly`. */
type Loose<T> = { -readonly [K in keyof T]: Loose<T[K]> };

/** An SDK type as JSON has it: 64-bit integers and decimals are text there. */
type OnTheWire<T> = T extends bigint | Stripe.Decimal
  ? string
  : T extends string | number | boolean | null | undefined
    ? T
    : { [K in keyof T]: OnTheWire<T[K]> };

type Samples = Loose<typeof SAMPLE_OBJECTS & typeof THIN_OBJECTS>;

/** The SDK's type of each kind that only thin events, or events newer than the base catalogue, speak of. */
interface SdkObjects {
  balance_settings: Stripe.BalanceSettings;
  'billing.alert': Stripe.Billing.Alert;
  'billing.credit_balance_transaction': Stripe.Billing.CreditBalanceTransaction;
  'billing.credit_grant': Stripe.Billing.CreditGrant;
  'billing.meter': Stripe.Billing.Meter;
  invoice_payment: Stripe.InvoicePayment;
  'v2.commerce.product_catalog_import': Stripe.V2.Commerce.ProductCatalogImport;
  'v2.core.account': Stripe.V2.Core.Account;
  'v2.core.account_person': Stripe.V2.Core.AccountPerson;
  'v2.core.event_destination': Stripe.V2.Core.EventDestination;
  'v2.money_management.adjustment': Stripe.V2.MoneyManagement.Adjustment;
  'v2.money_management.financial_account': Stripe.V2.MoneyManagement.FinancialAccount;
  'v2.money_management.financial_address': Stripe.V2.MoneyManagement.FinancialAddress;
  'v2.money_management.inbound_transfer': Stripe.V2.MoneyManagement.InboundTransfer;
  'v2.money_management.outbound_payment': Stripe.V2.MoneyManagement.OutboundPayment;
  'v2.money_management.payout_intent': Stripe.V2.MoneyManagement.PayoutIntent;
  'v2.money_management.payout_method': Stripe.V2.MoneyManagement.PayoutMethod;
  'v2.money_management.received_credit': Stripe.V2.MoneyManagement.ReceivedCredit;
  'v2.money_management.recipient_verification': Stripe.V2.MoneyManagement.RecipientVerification;
  'v2.money_management.transaction': Stripe.V2.MoneyManagement.Transaction;
}

/** What the SDK says that the fetched event of a type holds under `data`. */
type SdkData<Type extends string> =
  Extract<Stripe.V2.Core.Event, { type: Type }> extends { data: infer Data } ? OnTheWire<Data> : never;

// Checked by the compiler (`npm run check`); at run time these assertions do nothing.
describe('samples', () => {
  it('of newer kinds of object are of the types that Stripe’s library declares', () => {
    expectTypeOf<Pick<Samples, keyof SdkObjects>>().toExtend<OnTheWire<SdkObjects>>();
  });

  it('of event data are of the types that Stripe’s library declares', () => {
    expectTypeOf<Loose<typeof THIN_EVENT_DATA>>().toExtend<{
      [Type in keyof typeof THIN_EVENT_DATA]: SdkData<Type>;
    }>();
  });
});
