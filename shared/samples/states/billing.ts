import { CREATED, IDS, PERIOD_END } from '../sample-ids.ts';
import type { SampleState } from '../sample-state.ts';

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

export const BILLING_STATES = {
  'billing_portal.configuration.updated': { before: { name: 'Portal' } },
  'checkout.session.async_payment_failed': { now: { payment_status: 'unpaid' } },
  'checkout.session.expired': { now: { status: 'expired', payment_status: 'unpaid', payment_intent: null } },
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
  'payment_link.updated': { now: { active: false }, before: { active: true } },
  'price.deleted': { now: { active: false } },
  'product.deleted': { now: { active: false } },
  'quote.accepted': { now: { status: 'accepted' } },
  'quote.canceled': { now: { status: 'canceled' } },
  'quote.created': { now: { status: 'draft', number: null } },
  'subscription_schedule.aborted': { now: { status: 'canceled', canceled_at: CREATED } },
  'subscription_schedule.canceled': { now: { status: 'canceled', canceled_at: CREATED } },
  'subscription_schedule.completed': { now: { status: 'completed', completed_at: CREATED, current_phase: null } },
  'subscription_schedule.released': {
    now: { status: 'released', released_at: CREATED, released_subscription: IDS.subscription, subscription: null },
  },
  'subscription_schedule.updated': { before: { end_behavior: 'cancel' } },
  'tax.settings.updated': { before: { defaults: { tax_behavior: null } } },
} as const satisfies Readonly<Record<string, SampleState>>;
