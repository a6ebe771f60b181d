import { BILLING_SAMPLES } from '../objects/billing.ts';
import { V2_ACCOUNT_SAMPLES } from './objects/accounts.ts';
import { V2_MONEY_SAMPLES } from './objects/money-management.ts';
import { V2_OTHER_SAMPLES } from './objects/others.ts';

/** One object of each kind that only thin events speak of, by the name Stripe gives it in `object`. */
export const THIN_OBJECTS = {
  'billing.alert': BILLING_SAMPLES['billing.alert_triggered'].alert,
  ...V2_ACCOUNT_SAMPLES,
  ...V2_MONEY_SAMPLES,
  ...V2_OTHER_SAMPLES,
} as const;
