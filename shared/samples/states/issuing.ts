import type { SampleState } from '../sample-state.ts';

const RECEIPT = {
  fleet: null,
  flight: null,
  fuel: null,
  lodging: null,
  receipt: [{ description: 'Brake pads', quantity: 4, total: 8_650, unit_cost: 2_163 }],
  reference: 'order-2001',
} as const;

export const ISSUING_STATES = {
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
} as const satisfies Readonly<Record<string, SampleState>>;
