import { CREATED, IDS, PERIOD_END } from '../sample-ids.ts';
import type { SampleState } from '../sample-state.ts';

const FAILED_ACTION = {
  api_error: { code: 'card_declined', message: 'Your card was declined.', type: 'card_error' },
  failure_code: 'card_declined',
  failure_message: 'Your card was declined.',
  process_payment_intent: { payment_intent: IDS.paymentIntent },
  status: 'failed',
  type: 'process_payment_intent',
} as const;

export const OTHER_STATES = {
  'climate.order.canceled': { now: { status: 'canceled', canceled_at: CREATED, cancellation_reason: 'requested' } },
  'climate.order.delayed': { now: { status: 'confirmed', confirmed_at: CREATED, delayed_at: CREATED } },
  'climate.order.delivered': { now: { status: 'delivered', confirmed_at: CREATED, delivered_at: CREATED } },
  'climate.order.product_substituted': { now: { product_substituted_at: CREATED } },
  'climate.product.pricing_updated': {
    before: {
      current_prices_per_metric_ton: { usd: { amount_fees: 1_140, amount_subtotal: 36_860, amount_total: 38_000 } },
    },
  },
  'financial_connections.account.deactivated': { now: { status: 'inactive' } },
  'financial_connections.account.disconnected': { now: { status: 'disconnected', permissions: null } },
  'identity.verification_session.canceled': { now: { status: 'canceled', url: null } },
  'identity.verification_session.processing': { now: { status: 'processing', url: null } },
  'identity.verification_session.redacted': {
    now: { status: 'canceled', url: null, client_secret: null, redaction: { status: 'redacted' } },
  },
  'identity.verification_session.requires_input': {
    now: { last_error: { code: 'document_expired', reason: 'The document is expired.' } },
  },
  'identity.verification_session.verified': {
    now: { status: 'verified', url: null, last_verification_report: 'vr_1SfExampleReport0000000001' },
  },
  'reporting.report_run.failed': {
    now: { status: 'failed', result: null, succeeded_at: null, error: 'The interval has no data.' },
  },
  'reporting.report_type.updated': { before: { data_available_end: CREATED - 86_400, updated: CREATED - 86_400 } },
  'terminal.reader.action_failed': { now: { action: FAILED_ACTION } },
  'test_helpers.test_clock.advancing': {
    now: { status: 'advancing', status_details: { advancing: { target_frozen_time: PERIOD_END } } },
  },
  'test_helpers.test_clock.internal_failure': { now: { status: 'internal_failure' } },
} as const satisfies Readonly<Record<string, SampleState>>;
