import { CREATED, IDS, PERIOD_END } from './sample-ids.ts';

/** How an object differs from the sample of its kind at the moment of an event. */
export interface SampleState {
  /** Top-level fields of `data.object`. */
  readonly now?: Readonly<Record<string, unknown>>;
  /** `previous_attributes`; where absent, an `…updated` event gets one changed field. */
  readonly before?: Readonly<Record<string, unknown>>;
}

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

const CANCELED_SUBSCRIPTION = {
  status: 'canceled',
  canceled_at: CREATED,
  ended_at: CREATED,
  cancellation_details: { comment: null, feedback: 'unused', feedback_option: null, reason: 'cancellation_requested' },
} as const;

const PAID_INVOICE = {
  status: 'paid',
  amount_paid: 1_400,
  amount_remaining: 0,
  attempt_count: 1,
  attempted: true,
  status_transitions: { finalized_at: CREATED, marked_uncollectible_at: null, paid_at: CREATED, voided_at: null },
} as const;

const DRAFT_INVOICE = {
  status: 'draft',
  number: null,
  effective_at: null,
  hosted_invoice_url: null,
  invoice_pdf: null,
  status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
} as const;

const FAILED_ACTION = {
  api_error: { code: 'card_declined', message: 'Your card was declined.', type: 'card_error' },
  failure_code: 'card_declined',
  failure_message: 'Your card was declined.',
  process_payment_intent: { payment_intent: IDS.paymentIntent },
  status: 'failed',
  type: 'process_payment_intent',
} as const;

const RECEIPT = {
  fleet: null,
  flight: null,
  fuel: null,
  lodging: null,
  receipt: [{ description: 'Brake pads', quantity: 4, total: 8_650, unit_cost: 2_163 }],
  reference: 'order-2001',
} as const;

const NEVER_INBOUND = { canceled_at: null, failed_at: null, succeeded_at: null } as const;

const NEVER_OUTBOUND = { canceled_at: null, failed_at: null, posted_at: null, returned_at: null } as const;

/** The states that a type implies. A type without a row has its kind's sample as it is. */
export const SAMPLE_STATES = {
  'account.external_account.updated': { before: { default_for_currency: false } },
  'account.updated': { before: { charges_enabled: false } },
  'application_fee.refund.updated': { before: { metadata: { reason: null } } },
  'application_fee.refunded': { now: { amount_refunded: 210, refunded: true } },
  'billing_portal.configuration.updated': { before: { name: 'Portal' } },
  'capability.updated': { before: { status: 'pending' } },
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
  'checkout.session.async_payment_failed': { now: { payment_status: 'unpaid' } },
  'checkout.session.expired': { now: { status: 'expired', payment_status: 'unpaid', payment_intent: null } },
  'climate.order.canceled': { now: { status: 'canceled', canceled_at: CREATED, cancellation_reason: 'requested' } },
  'climate.order.delayed': { now: { status: 'confirmed', confirmed_at: CREATED, delayed_at: CREATED } },
  'climate.order.delivered': { now: { status: 'delivered', confirmed_at: CREATED, delivered_at: CREATED } },
  'climate.order.product_substituted': { now: { product_substituted_at: CREATED } },
  'climate.product.pricing_updated': {
    before: {
      current_prices_per_metric_ton: { usd: { amount_fees: 1_140, amount_subtotal: 36_860, amount_total: 38_000 } },
    },
  },
  'coupon.deleted': { now: { valid: false } },
  'credit_note.updated': { before: { memo: null } },
  'credit_note.voided': { now: { status: 'void', voided_at: CREATED } },
  'customer.discount.updated': { before: { end: null, source: { coupon: 'SfForever10' } } },
  'customer.source.expiring': { now: { exp_month: 10, exp_year: 2026 } },
  'customer.source.updated': { before: { exp_year: 2025 } },
  'customer.subscription.deleted': { now: CANCELED_SUBSCRIPTION },
  'customer.subscription.paused': { now: { status: 'paused' } },
  'customer.subscription.trial_will_end': {
    now: { status: 'trialing', trial_start: CREATED - 11 * 86_400, trial_end: CREATED + 3 * 86_400 },
  },
  'customer.subscription.updated': { before: { status: 'past_due' } },
  'customer.tax_id.updated': {
    now: { verification: { status: 'verified', verified_address: null, verified_name: 'EXAMPLE RIDER' } },
    before: { verification: { status: 'pending', verified_name: null } },
  },
  'entitlements.active_entitlement_summary.updated': { before: { entitlements: { data: [] } } },
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
  'invoice.created': { now: DRAFT_INVOICE },
  'invoice.deleted': { now: DRAFT_INVOICE },
  'invoice.finalization_failed': {
    now: {
      ...DRAFT_INVOICE,
      last_finalization_error: {
        code: 'customer_tax_location_invalid',
        message: 'The customer has no valid address for tax.',
        type: 'invalid_request_error',
      },
    },
  },
  'invoice.marked_uncollectible': { now: { status: 'uncollectible' } },
  'invoice.overdue': { now: { collection_method: 'send_invoice', due_date: CREATED - 86_400 } },
  'invoice.paid': { now: PAID_INVOICE },
  'invoice.payment_failed': {
    now: { attempt_count: 1, attempted: true, next_payment_attempt: CREATED + 3 * 86_400 },
  },
  'invoice.payment_action_required': { now: { attempt_count: 1, attempted: true } },
  'invoice.payment_succeeded': { now: PAID_INVOICE },
  'invoice.sent': { now: { collection_method: 'send_invoice', due_date: PERIOD_END } },
  'invoice.upcoming': { now: { ...DRAFT_INVOICE, billing_reason: 'upcoming', next_payment_attempt: PERIOD_END } },
  'invoice.updated': { before: { description: null } },
  'invoice.voided': { now: { status: 'void' } },
  'invoice.will_be_due': { now: { collection_method: 'send_invoice', due_date: PERIOD_END } },
  'issuing_authorization.created': { now: { approved: true, status: 'pending' } },
  'issuing_authorization.request': {
    now: {
      approved: false,
      amount: 0,
      merchant_amount: 0,
      request_history: [],
      pending_request: {
        amount: 8_650,
        amount_details: { atm_fee: null, cashback_amount: 0 },
        currency: 'usd',
        is_amount_controllable: false,
        merchant_amount: 8_650,
        merchant_currency: 'usd',
        network_risk_score: 12,
      },
    },
  },
  'issuing_authorization.updated': { now: { status: 'closed' }, before: { status: 'pending' } },
  'issuing_card.updated': { now: { status: 'inactive' }, before: { status: 'active' } },
  'issuing_cardholder.updated': { before: { email: 'old-mechanic@example.com' } },
  'issuing_dispute.closed': { now: { status: 'won' } },
  'issuing_dispute.funds_reinstated': { now: { status: 'won' } },
  'issuing_dispute.funds_rescinded': { now: { status: 'lost' } },
  'issuing_dispute.submitted': { now: { status: 'submitted' } },
  'issuing_dispute.updated': { before: { evidence: { not_received: { explanation: null } } } },
  'issuing_personalization_design.deactivated': { now: { status: 'inactive' } },
  'issuing_personalization_design.rejected': {
    now: { status: 'rejected', rejection_reasons: { card_logo: ['geographic_location'], carrier_text: null } },
  },
  'issuing_personalization_design.updated': { now: { status: 'review' }, before: { status: 'active' } },
  'issuing_token.updated': { now: { status: 'suspended' }, before: { status: 'active' } },
  'issuing_transaction.purchase_details_receipt_updated': {
    now: { purchase_details: RECEIPT },
    before: { purchase_details: null },
  },
  'issuing_transaction.updated': { now: { metadata: { order: 'order-2001' } }, before: { metadata: { order: null } } },
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
  'payment_link.updated': { now: { active: false }, before: { active: true } },
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
  'person.updated': { before: { id_number_provided: false } },
  'price.deleted': { now: { active: false } },
  'product.deleted': { now: { active: false } },
  'quote.accepted': { now: { status: 'accepted' } },
  'quote.canceled': { now: { status: 'canceled' } },
  'quote.created': { now: { status: 'draft', number: null } },
  'radar.early_fraud_warning.updated': { now: { actionable: false }, before: { actionable: true } },
  'refund.failed': { now: { status: 'failed', failure_reason: 'lost_or_stolen_card' } },
  'refund.updated': { before: { status: 'pending' } },
  'reporting.report_run.failed': {
    now: { status: 'failed', result: null, succeeded_at: null, error: 'The interval has no data.' },
  },
  'reporting.report_type.updated': { before: { data_available_end: CREATED - 86_400, updated: CREATED - 86_400 } },
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
  'subscription_schedule.aborted': { now: { status: 'canceled', canceled_at: CREATED } },
  'subscription_schedule.canceled': { now: { status: 'canceled', canceled_at: CREATED } },
  'subscription_schedule.completed': { now: { status: 'completed', completed_at: CREATED, current_phase: null } },
  'subscription_schedule.released': {
    now: { status: 'released', released_at: CREATED, released_subscription: IDS.subscription, subscription: null },
  },
  'subscription_schedule.updated': { before: { end_behavior: 'cancel' } },
  'tax.settings.updated': { before: { defaults: { tax_behavior: null } } },
  'terminal.reader.action_failed': { now: { action: FAILED_ACTION } },
  'test_helpers.test_clock.advancing': {
    now: { status: 'advancing', status_details: { advancing: { target_frozen_time: PERIOD_END } } },
  },
  'test_helpers.test_clock.internal_failure': { now: { status: 'internal_failure' } },
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
  'topup.canceled': { now: { status: 'canceled' } },
  'topup.failed': {
    now: { status: 'failed', failure_code: 'insufficient_funds', failure_message: 'The debit was returned.' },
  },
  'topup.reversed': { now: { status: 'reversed' } },
  'topup.succeeded': { now: { status: 'succeeded', balance_transaction: IDS.balanceTransaction } },
  'transfer.reversed': { now: { amount_reversed: 3_600, reversed: true } },
  'treasury.credit_reversal.posted': { now: { status: 'posted', status_transitions: { posted_at: CREATED } } },
  'treasury.debit_reversal.completed': { now: { status: 'succeeded', status_transitions: { completed_at: CREATED } } },
  'treasury.financial_account.closed': {
    now: { status: 'closed', status_details: { closed: { reasons: ['closed_by_platform'] } } },
  },
  'treasury.inbound_transfer.canceled': {
    now: { cancelable: false, status: 'canceled', status_transitions: { ...NEVER_INBOUND, canceled_at: CREATED } },
  },
  'treasury.inbound_transfer.failed': {
    now: {
      cancelable: false,
      failure_details: { code: 'insufficient_funds' },
      status: 'failed',
      status_transitions: { ...NEVER_INBOUND, failed_at: CREATED },
    },
  },
  'treasury.inbound_transfer.succeeded': {
    now: { cancelable: false, status: 'succeeded', status_transitions: { ...NEVER_INBOUND, succeeded_at: CREATED } },
  },
  'treasury.outbound_payment.canceled': {
    now: { cancelable: false, status: 'canceled', status_transitions: { ...NEVER_OUTBOUND, canceled_at: CREATED } },
  },
  'treasury.outbound_payment.failed': {
    now: { cancelable: false, status: 'failed', status_transitions: { ...NEVER_OUTBOUND, failed_at: CREATED } },
  },
  'treasury.outbound_payment.posted': {
    now: { cancelable: false, status: 'posted', status_transitions: { ...NEVER_OUTBOUND, posted_at: CREATED } },
  },
  'treasury.outbound_payment.returned': {
    now: {
      cancelable: false,
      returned_details: { code: 'account_closed', transaction: 'trxn_1SfExampleReturn00000001' },
      status: 'returned',
      status_transitions: { ...NEVER_OUTBOUND, returned_at: CREATED },
    },
  },
  'treasury.outbound_payment.tracking_details_updated': {
    now: { tracking_details: { ach: { trace_id: '110000000012345' }, type: 'ach' } },
    before: { tracking_details: null },
  },
  'treasury.outbound_payment.expected_arrival_date_updated': { before: { expected_arrival_date: CREATED + 86_400 } },
  'treasury.outbound_transfer.canceled': {
    now: { cancelable: false, status: 'canceled', status_transitions: { ...NEVER_OUTBOUND, canceled_at: CREATED } },
  },
  'treasury.outbound_transfer.failed': {
    now: { cancelable: false, status: 'failed', status_transitions: { ...NEVER_OUTBOUND, failed_at: CREATED } },
  },
  'treasury.outbound_transfer.posted': {
    now: { cancelable: false, status: 'posted', status_transitions: { ...NEVER_OUTBOUND, posted_at: CREATED } },
  },
  'treasury.outbound_transfer.returned': {
    now: {
      cancelable: false,
      returned_details: { code: 'account_closed', transaction: 'trxn_1SfExampleReturn00000001' },
      status: 'returned',
      status_transitions: { ...NEVER_OUTBOUND, returned_at: CREATED },
    },
  },
  'treasury.outbound_transfer.tracking_details_updated': {
    now: { tracking_details: { ach: { trace_id: '110000000012345' }, type: 'ach' } },
    before: { tracking_details: null },
  },
  'treasury.outbound_transfer.expected_arrival_date_updated': { before: { expected_arrival_date: CREATED + 86_400 } },
  'treasury.received_credit.failed': { now: { status: 'failed', failure_code: 'account_frozen', transaction: null } },
} as const satisfies Readonly<Record<string, SampleState>>;
