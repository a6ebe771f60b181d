import { IDS, ISO_CREATED } from '../../sample-ids.ts';

const ACTIVE = { status: 'active', status_details: [] } as const;

const ENTRY = {
  awaiting_action_from: 'user',
  description: 'representative.relationship.percent_ownership',
  errors: [],
  impact: {
    restricts_capabilities: [
      { capability: 'card_payments', configuration: 'merchant', deadline: { status: 'eventually_due' } },
    ],
  },
  minimum_deadline: { status: 'eventually_due' },
  reference: { resource: IDS.person, type: 'person' },
  requested_reasons: [{ code: 'routine_onboarding' }],
} as const;

/** Objects of Stripe's Accounts API v2. */
export const V2_ACCOUNT_SAMPLES = {
  'v2.core.account': {
    id: IDS.account,
    object: 'v2.core.account',
    applied_configurations: ['customer', 'merchant', 'recipient'],
    closed: false,
    configuration: {
      customer: {
        applied: true,
        automatic_indirect_tax: { exempt: 'none', location: { country: 'US', state: 'OR' } },
        capabilities: { automatic_indirect_tax: ACTIVE },
      },
      merchant: {
        applied: true,
        capabilities: { card_payments: ACTIVE, stripe_balance: { payouts: ACTIVE } },
        card_payments: { decline_on: { avs_failure: false, cvc_failure: true } },
        mcc: '5940',
        statement_descriptor: { descriptor: 'EXAMPLE CYCLES', prefix: 'CYCLES' },
      },
      recipient: { applied: true, capabilities: { stripe_balance: { stripe_transfers: ACTIVE } } },
    },
    contact_email: 'owner@example.com',
    created: ISO_CREATED,
    dashboard: 'express',
    defaults: {
      currency: 'usd',
      locales: ['en-US'],
      profile: { business_url: 'https://shop.example.com', doing_business_as: 'Example Cycles' },
      responsibilities: {
        fees_collector: 'application',
        losses_collector: 'application',
        requirements_collector: 'stripe',
      },
    },
    display_name: 'Example Cycles',
    future_requirements: { entries: [] },
    identity: {
      business_details: { phone: '+15005550006', registered_name: 'Example Cycles LLC', structure: 'multi_member_llc' },
      country: 'us',
      entity_type: 'company',
    },
    livemode: false,
    metadata: { shop: 'portland' },
    requirements: { entries: [ENTRY], summary: { minimum_deadline: { status: 'eventually_due' } } },
  },
  'v2.core.account_person': {
    id: IDS.person,
    object: 'v2.core.account_person',
    account: IDS.account,
    address: { city: 'Portland', country: 'us', line1: '12 Example Street', postal_code: '97201', state: 'OR' },
    created: ISO_CREATED,
    date_of_birth: { day: 1, month: 1, year: 1990 },
    email: 'owner@example.com',
    given_name: 'Example',
    livemode: false,
    metadata: {},
    nationalities: ['us'],
    political_exposure: 'none',
    relationship: { owner: true, percent_ownership: '80', representative: true, title: 'Owner' },
    surname: 'Owner',
    updated: ISO_CREATED,
  },
} as const;
