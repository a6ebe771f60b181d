import { IDS, ISO_CREATED } from '../sample-ids.ts';

const INVALID_METER_EVENTS = {
  developer_message_summary: 'There is 1 invalid event',
  reason: {
    error_count: 1,
    error_types: [
      {
        code: 'meter_event_no_customer_defined',
        error_count: 1,
        sample_errors: [
          {
            error_message: 'Customer mapping key stripe_customer_id not found in payload.',
            request: { identifier: 'ride-1001' },
          },
        ],
      },
    ],
  },
  validation_end: ISO_CREATED,
  validation_start: '2026-09-21T14:13:10.000Z',
} as const;

const PERSON = { account_id: IDS.account } as const;

/** What the fetched event of a thin type holds under `data`; types without a row have none. */
export const THIN_EVENT_DATA = {
  'v1.billing.meter.error_report_triggered': INVALID_METER_EVENTS,
  'v1.billing.meter.no_meter_found': {
    ...INVALID_METER_EVENTS,
    reason: {
      error_count: 1,
      error_types: [
        {
          code: 'no_meter',
          error_count: 1,
          sample_errors: [
            {
              error_message: 'No meter found for event name kilometers_ridden.',
              request: { identifier: 'ride-1002' },
            },
          ],
        },
      ],
    },
  },
  'v1.invoice.upcoming': { customer: IDS.customer, subscription: IDS.subscription },
  'v2.core.account[configuration.customer].capability_status_updated': { updated_capability: 'automatic_indirect_tax' },
  'v2.core.account[configuration.merchant].capability_status_updated': { updated_capability: 'card_payments' },
  'v2.core.account[configuration.recipient].capability_status_updated': {
    updated_capability: 'stripe_balance.stripe_transfers',
  },
  'v2.core.account_link.returned': {
    account_id: IDS.account,
    configurations: ['merchant'],
    use_case: 'account_onboarding',
  },
  'v2.core.account_person.created': PERSON,
  'v2.core.account_person.deleted': PERSON,
  'v2.core.account_person.updated': PERSON,
  'v2.money_management.inbound_transfer.available': { transaction_id: 'trxn_test_61SfExampleTransaction1' },
  'v2.money_management.received_credit.available': { transaction_id: 'trxn_test_61SfExampleTransaction1' },
  'v2.money_management.transaction.created': { v1_id: 'trxn_1SfExampleTransaction001' },
  'v2.money_management.transaction.updated': { treasury_transaction: 'trxn_1SfExampleTransaction001' },
} as const;
