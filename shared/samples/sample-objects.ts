import { BALANCE_SAMPLES } from './objects/balances.ts';
import { BILLING_SAMPLES } from './objects/billing.ts';
import { CHARGE_SAMPLES } from './objects/charges.ts';
import { CHECKOUT_SAMPLES } from './objects/checkout.ts';
import { CONNECT_SAMPLES } from './objects/connect.ts';
import { CORE_SAMPLES } from './objects/core.ts';
import { INTENT_SAMPLES } from './objects/intents.ts';
import { INVOICE_SAMPLES } from './objects/invoices.ts';
import { ISSUING_SAMPLES } from './objects/issuing.ts';
import { METERING_SAMPLES } from './objects/metering.ts';
import { NEWER_SAMPLES } from './objects/newer.ts';
import { OTHER_SAMPLES } from './objects/others.ts';
import { PAYMENT_METHOD_SAMPLES } from './objects/payment-methods.ts';
import { PRODUCT_SAMPLES } from './objects/products.ts';
import { SUBSCRIPTION_SAMPLES } from './objects/subscriptions.ts';
import { TREASURY_SAMPLES } from './objects/treasury.ts';

/** One object of each kind that snapshot events carry, by the name Stripe gives it in `object`. */
export const SAMPLE_OBJECTS = {
  ...CORE_SAMPLES,
  ...BALANCE_SAMPLES,
  ...CHARGE_SAMPLES,
  ...INTENT_SAMPLES,
  ...PAYMENT_METHOD_SAMPLES,
  ...PRODUCT_SAMPLES,
  ...CHECKOUT_SAMPLES,
  ...INVOICE_SAMPLES,
  ...SUBSCRIPTION_SAMPLES,
  ...BILLING_SAMPLES,
  ...CONNECT_SAMPLES,
  ...ISSUING_SAMPLES,
  ...OTHER_SAMPLES,
  ...METERING_SAMPLES,
  ...TREASURY_SAMPLES,
  ...NEWER_SAMPLES,
} as const;

/** Objects by kind, in place of ours: a bare map, or the form of Stripe's own `fixtures3.json`. */
export type ObjectsByKind = Readonly<Record<string, unknown>>;
