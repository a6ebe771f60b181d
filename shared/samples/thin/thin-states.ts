import { CREATED, ISO_CREATED } from '../sample-ids.ts';
import type { SampleState } from '../sample-state.ts';

const bankDebit = (step: string, details = {}) => ({
  transfer_history: [
    {
      [step]: details,
      created: ISO_CREATED,
      effective_at: ISO_CREATED,
      id: 'ibthst_test_61SfExampleHistory01',
      type: step,
    },
  ],
});

const refresh = (field: string, status: string) => ({
  [field]: { last_attempted_at: CREATED, next_refresh_available_at: null, status },
});

/** The states that types imply which exist as thin events only. */
export const THIN_STATES: Readonly<Record<string, SampleState>> = {
  'billing.meter.deactivated': {
    now: { status: 'inactive', status_transitions: { deactivated_at: CREATED } },
  },
  'customer.subscription.active': { now: { status: 'active' } },
  'customer.subscription.cancel_at_changed': { now: { cancel_at: CREATED + 30 * 86_400 } },
  'customer.subscription.incomplete': { now: { status: 'incomplete' } },
  'customer.subscription.incomplete_expired': { now: { status: 'incomplete_expired', ended_at: CREATED } },
  'customer.subscription.past_due': { now: { status: 'past_due' } },
  'customer.subscription.trialing': {
    now: { status: 'trialing', trial_start: CREATED, trial_end: CREATED + 14 * 86_400 },
  },
  'customer.subscription.unpaid': { now: { status: 'unpaid' } },
  'financial_connections.account.balance_refresh_failed': { now: refresh('balance_refresh', 'failed') },
  'financial_connections.account.ownership_refresh_failed': { now: refresh('ownership_refresh', 'failed') },
  'financial_connections.account.ownership_refresh_succeeded': { now: refresh('ownership_refresh', 'succeeded') },
  'financial_connections.account.transactions_refresh_failed': { now: refresh('transaction_refresh', 'failed') },
  'financial_connections.account.transactions_refresh_succeeded': { now: refresh('transaction_refresh', 'succeeded') },
  'invoice_payment.canceled': {
    now: { amount_paid: null, status: 'canceled', status_transitions: { canceled_at: CREATED, paid_at: null } },
  },
  'invoice_payment.open': {
    now: { amount_paid: null, status: 'open', status_transitions: { canceled_at: null, paid_at: null } },
  },
  'price.deactivated': { now: { active: false } },
  'product.deactivated': { now: { active: false } },
  'promotion_code.fully_redeemed': { now: { active: false, max_redemptions: 1, times_redeemed: 1 } },
  'v2.commerce.product_catalog.imports.failed': {
    now: {
      status: 'failed',
      status_details: {
        failed: { code: 'invalid_file', failure_message: 'Row 1 has no title.', type: 'cannot_proceed' },
      },
    },
  },
  'v2.commerce.product_catalog.imports.processing': {
    now: { status: 'processing', status_details: { processing: { error_count: '0', success_count: '40' } } },
  },
  'v2.commerce.product_catalog.imports.succeeded_with_errors': {
    now: {
      status: 'succeeded_with_errors',
      status_details: {
        succeeded_with_errors: {
          error_count: '1',
          error_file: {
            content_type: 'text/csv',
            download_url: { expires_at: ISO_CREATED, url: 'https://files.stripe.com/v2/example-errors.csv' },
            size: '340',
          },
          samples: [{ error_message: 'No title.', field: 'title', id: 'sku-17', row: '17' }],
          success_count: '119',
        },
      },
    },
  },
  'v2.core.account.closed': { now: { closed: true, applied_configurations: [] } },
  'v2.money_management.financial_address.failed': { now: { status: 'failed' } },
  'v2.money_management.inbound_transfer.available': { now: bankDebit('bank_debit_succeeded') },
  'v2.money_management.inbound_transfer.bank_debit_failed': {
    now: bankDebit('bank_debit_failed', { failure_reason: 'insufficient_funds' }),
  },
  'v2.money_management.inbound_transfer.bank_debit_queued': { now: bankDebit('bank_debit_queued') },
  'v2.money_management.inbound_transfer.bank_debit_returned': {
    now: bankDebit('bank_debit_returned', { return_reason: 'bank_account_closed' }),
  },
  'v2.money_management.inbound_transfer.bank_debit_succeeded': { now: bankDebit('bank_debit_succeeded') },
  'v2.money_management.outbound_payment.canceled': {
    now: { cancelable: false, status: 'canceled', status_transitions: { canceled_at: ISO_CREATED } },
  },
  'v2.money_management.outbound_payment.failed': {
    now: {
      cancelable: false,
      status: 'failed',
      status_details: { failed: { reason: 'payout_method_declined' } },
      status_transitions: { failed_at: ISO_CREATED },
    },
  },
  'v2.money_management.outbound_payment.posted': {
    now: { cancelable: false, status: 'posted', status_transitions: { posted_at: ISO_CREATED } },
  },
  'v2.money_management.outbound_payment.returned': {
    now: {
      cancelable: false,
      status: 'returned',
      status_details: { returned: { reason: 'payout_method_closed' } },
      status_transitions: { returned_at: ISO_CREATED },
    },
  },
  'v2.money_management.outbound_payment.under_review': {
    now: { status_details: { processing: { reason: 'under_review' } } },
  },
  'v2.money_management.payout_intent.canceled': {
    now: { status: 'canceled', status_transitions: { canceled_at: ISO_CREATED } },
  },
  'v2.money_management.payout_intent.posted': {
    now: { status: 'posted', status_transitions: { posted_at: ISO_CREATED } },
  },
  'v2.money_management.payout_intent.processing': {
    now: { status: 'processing', status_transitions: { processing_at: ISO_CREATED } },
  },
  'v2.money_management.payout_intent.requires_action': {
    now: {
      next_action: { handle_failure: { failure_reason: 'insufficient_funds' }, type: 'handle_failure' },
      status: 'requires_action',
      status_transitions: { requires_action_at: ISO_CREATED },
    },
  },
  'v2.money_management.received_credit.failed': {
    now: {
      status: 'failed',
      status_details: { failed: { reason: 'financial_address_inactive' } },
      status_transitions: { failed_at: ISO_CREATED },
    },
  },
  'v2.money_management.received_credit.returned': {
    now: {
      status: 'returned',
      status_details: { returned: { reason: 'originator_initiated_reversal' } },
      status_transitions: { returned_at: ISO_CREATED },
    },
  },
};
