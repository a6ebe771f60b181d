import { BILLING_STATES } from './states/billing.ts';
import { CONNECT_STATES } from './states/connect.ts';
import { ISSUING_STATES } from './states/issuing.ts';
import { OTHER_STATES } from './states/others.ts';
import { PAYMENT_STATES } from './states/payments.ts';
import { TREASURY_STATES } from './states/treasury.ts';

/** The states that a type implies. A type without a row has its kind's sample as it is. */
export const SAMPLE_STATES = {
  ...PAYMENT_STATES,
  ...BILLING_STATES,
  ...CONNECT_STATES,
  ...ISSUING_STATES,
  ...TREASURY_STATES,
  ...OTHER_STATES,
} as const;
