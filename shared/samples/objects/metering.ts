import { CREATED, IDS } from '../sample-ids.ts';

const AMOUNT = { monetary: { currency: 'usd', value: 2_500 }, type: 'monetary' } as const;

/** Usage that is metered, and the credit it is paid with. */
export const METERING_SAMPLES = {
  'billing.credit_balance_transaction': {
    id: 'cbtxn_1SfExampleCreditUse00001',
    object: 'billing.credit_balance_transaction',
    created: CREATED,
    credit: { amount: AMOUNT, credits_application_invoice_voided: null, type: 'credits_granted' },
    credit_grant: IDS.creditGrant,
    debit: null,
    effective_at: CREATED,
    livemode: false,
    test_clock: null,
    type: 'credit',
  },
  'billing.credit_grant': {
    id: IDS.creditGrant,
    object: 'billing.credit_grant',
    amount: AMOUNT,
    applicability_config: { scope: { price_type: 'metered' } },
    category: 'promotional',
    created: CREATED,
    customer: IDS.customer,
    customer_account: null,
    effective_at: CREATED,
    expires_at: null,
    livemode: false,
    metadata: { campaign: 'spring' },
    name: 'Spring riding credit',
    priority: 50,
    test_clock: null,
    updated: CREATED,
    voided_at: null,
  },
  'billing.meter': {
    id: IDS.meter,
    object: 'billing.meter',
    created: CREATED,
    customer_mapping: { event_payload_key: 'stripe_customer_id', type: 'by_id' },
    default_aggregation: { formula: 'sum' },
    display_name: 'Kilometres ridden',
    event_name: 'kilometres_ridden',
    event_time_window: null,
    livemode: false,
    status: 'active',
    status_transitions: { deactivated_at: null },
    updated: CREATED,
    value_settings: { event_payload_key: 'value' },
  },
} as const;
