import { CREATED, IDS } from '../sample-ids.ts';
import type { SampleState } from '../sample-state.ts';

const DECLINED = {
  advice_code: 'try_again_later',
  charge: IDS.charge,
  code: 'card_declined',
  decline_code: 'insufficient_funds',
  message: 'Your card has insufficient funds.',
  type: 'card_error',
} as const;

const REDIRECT = {
  redirect_to_url: {
    return_url: 'https://shop.example.com/thanks',
    url: 'https://hooks.stripe.com/redirect/example-1001',
  },
  type: 'redirect_to_url',
} as const;

export const PAYMENT_STATES = {
  'charge.captured': { before: { amount_captured: 0, captured: false } },
  'charge.dispute.closed': { now: { status: 'lost' } },
  'charge.dispute.funds_reinstated': { now: { status: 'won' } },
  'charge.dispute.updated': { now: { status: 'under_review' }, before: { status: 'needs_response' } },
  'charge.expired': { now: { amount_captured: 0, captured: false, refunded: true, amount_refunded: 4_200 } },
  'charge.failed': {
    now: {
      status: 'failed',
      paid: false,
      captured: false,
      amount_captured: 0,
      balance_transaction: null,
      failure_code: 'card_declined',
      failure_message: 'Your card has insufficient funds.',
    },
  },
  'charge.pending': { now: { status: 'pending', paid: false } },
  'charge.refund.updated': { before: { status: 'pending' } },
  'charge.refunded': {
    now: { refunded: true, amount_refunded: 4_200 },
    before: { refunded: false, amount_refunded: 0 },
  },
  'mandate.updated': { now: { status: 'inactive' }, before: { status: 'active' } },
  'payment_intent.amount_capturable_updated': {
    now: { status: 'requires_capture', amount_capturable: 4_200, amount_received: 0 },
    before: { amount_capturable: 0 },
  },
  'payment_intent.canceled': {
    now: {
      status: 'canceled',
      canceled_at: CREATED,
      cancellation_reason: 'abandoned',
      amount_received: 0,
      latest_charge: null,
    },
  },
  'payment_intent.created': {
    now: { status: 'requires_payment_method', amount_received: 0, latest_charge: null, payment_method: null },
  },
  'payment_intent.partially_funded': { now: { status: 'requires_action', amount_received: 0 } },
  'payment_intent.payment_failed': {
    now: { status: 'requires_payment_method', amount_received: 0, last_payment_error: DECLINED, payment_method: null },
  },
  'payment_intent.processing': { now: { status: 'processing', amount_received: 0 } },
  'payment_intent.requires_action': { now: { status: 'requires_action', amount_received: 0, next_action: REDIRECT } },
  'payment_method.automatically_updated': { before: { card: { exp_month: 11, exp_year: 2027 } } },
  'payment_method.detached': { now: { customer: null }, before: { customer: IDS.customer } },
  'payment_method.updated': { before: { card: { exp_month: 5, exp_year: 2029 } } },
  'payout.canceled': { now: { status: 'canceled' } },
  'payout.created': { now: { status: 'pending' } },
  'payout.failed': {
    now: { status: 'failed', failure_code: 'account_closed', failure_message: 'The bank account has been closed.' },
  },
  'payout.paid': { now: { status: 'paid' } },
  'payout.reconciliation_completed': { now: { status: 'paid', reconciliation_status: 'completed' } },
  'payout.updated': { before: { status: 'pending' } },
  'radar.early_fraud_warning.updated': { now: { actionable: false }, before: { actionable: true } },
  'refund.failed': { now: { status: 'failed', failure_reason: 'lost_or_stolen_card' } },
  'refund.updated': { before: { status: 'pending' } },
  'review.closed': { now: { open: false, closed_reason: 'approved', reason: 'approved' } },
  'setup_intent.canceled': { now: { status: 'canceled', cancellation_reason: 'abandoned' } },
  'setup_intent.created': { now: { status: 'requires_payment_method', payment_method: null, latest_attempt: null } },
  'setup_intent.requires_action': { now: { status: 'requires_action', next_action: REDIRECT } },
  'setup_intent.setup_failed': {
    now: { status: 'requires_payment_method', payment_method: null, last_setup_error: DECLINED },
  },
  'source.canceled': { now: { status: 'canceled' } },
  'source.failed': { now: { status: 'failed' } },
  'source.transaction.updated': { before: { status: 'pending' } },
  'reserve.plan.disabled': { now: { status: 'disabled', disabled_at: CREATED } },
  'reserve.plan.expired': {
    now: { status: 'expired', rolling_release: { days_after_charge: 90, expires_on: CREATED } },
  },
  'three_d_secure.authentication.canceled': { now: { status: 'canceled', outcome: 'canceled' } },
  'three_d_secure.authentication.challenge_started': {
    now: { status: 'requires_challenge', challenge_url: 'https://acs.example.com/challenge' },
  },
  'three_d_secure.authentication.errored': { now: { status: 'error', outcome: 'internal_error' } },
  'three_d_secure.authentication.failed': { now: { status: 'failed', outcome: 'denied' } },
  'three_d_secure.authentication.requires_challenge': {
    now: { status: 'requires_challenge', challenge_url: 'https://acs.example.com/challenge' },
  },
  'three_d_secure.authentication.succeeded': { now: { outcome: 'authenticated' } },
  'three_d_secure.authentication.requires_submission': { now: { status: 'requires_submission' } },
} as const satisfies Readonly<Record<string, SampleState>>;
