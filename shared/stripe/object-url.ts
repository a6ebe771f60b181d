import { isRecord } from '../event/stripe-event.ts';

/** What a customer pays with, or what an account is paid out to. */
const EXTERNAL = ['/v1/customers/{customer}/sources/{id}', '/v1/accounts/{account}/external_accounts/{id}'];

/** Where Stripe's API answers an object of a kind, the usual place first: `{field}` is a field of the object itself. */
const URLS: Readonly<Record<string, string | readonly string[]>> = {
  account: '/v1/accounts/{id}',
  application_fee: '/v1/application_fees/{id}',
  balance: '/v1/balance',
  balance_settings: '/v1/balance_settings',
  bank_account: EXTERNAL,
  'apps.install': '/v1/apps/installs/{id}',
  'billing.alert': '/v1/billing/alerts/{id}',
  'billing.credit_balance_transaction': '/v1/billing/credit_balance_transactions/{id}',
  'billing.credit_grant': '/v1/billing/credit_grants/{id}',
  'billing.meter': '/v1/billing/meters/{id}',
  'billing_portal.configuration': '/v1/billing_portal/configurations/{id}',
  capability: '/v1/accounts/{account}/capabilities/{id}',
  card: EXTERNAL,
  cash_balance: '/v1/customers/{customer}/cash_balance',
  charge: '/v1/charges/{id}',
  'checkout.session': '/v1/checkout/sessions/{id}',
  'climate.order': '/v1/climate/orders/{id}',
  'climate.product': '/v1/climate/products/{id}',
  coupon: '/v1/coupons/{id}',
  credit_note: '/v1/credit_notes/{id}',
  customer: '/v1/customers/{id}',
  customer_cash_balance_transaction: '/v1/customers/{customer}/cash_balance_transactions/{id}',
  discount: '/v1/customers/{customer}/discount',
  dispute: '/v1/disputes/{id}',
  fee_refund: '/v1/application_fees/{fee}/refunds/{id}',
  file: '/v1/files/{id}',
  'financial_connections.account': '/v1/financial_connections/accounts/{id}',
  'identity.verification_session': '/v1/identity/verification_sessions/{id}',
  invoice: '/v1/invoices/{id}',
  invoice_payment: '/v1/invoice_payments/{id}',
  invoiceitem: '/v1/invoiceitems/{id}',
  'issuing.authorization': '/v1/issuing/authorizations/{id}',
  'issuing.card': '/v1/issuing/cards/{id}',
  'issuing.cardholder': '/v1/issuing/cardholders/{id}',
  'issuing.dispute': '/v1/issuing/disputes/{id}',
  'issuing.personalization_design': '/v1/issuing/personalization_designs/{id}',
  'issuing.token': '/v1/issuing/tokens/{id}',
  'issuing.transaction': '/v1/issuing/transactions/{id}',
  mandate: '/v1/mandates/{id}',
  payment_intent: '/v1/payment_intents/{id}',
  payment_link: '/v1/payment_links/{id}',
  payment_method: '/v1/payment_methods/{id}',
  payout: '/v1/payouts/{id}',
  person: '/v1/accounts/{account}/persons/{id}',
  plan: '/v1/plans/{id}',
  price: '/v1/prices/{id}',
  product: '/v1/products/{id}',
  promotion_code: '/v1/promotion_codes/{id}',
  quote: '/v1/quotes/{id}',
  'radar.early_fraud_warning': '/v1/radar/early_fraud_warnings/{id}',
  refund: '/v1/refunds/{id}',
  'reporting.report_run': '/v1/reporting/report_runs/{id}',
  'reporting.report_type': '/v1/reporting/report_types/{id}',
  review: '/v1/reviews/{id}',
  scheduled_query_run: '/v1/sigma/scheduled_query_runs/{id}',
  setup_intent: '/v1/setup_intents/{id}',
  source: '/v1/sources/{id}',
  subscription: '/v1/subscriptions/{id}',
  subscription_schedule: '/v1/subscription_schedules/{id}',
  'tax.settings': '/v1/tax/settings',
  tax_id: ['/v1/customers/{customer}/tax_ids/{id}', '/v1/tax_ids/{id}'],
  tax_rate: '/v1/tax_rates/{id}',
  'terminal.reader': '/v1/terminal/readers/{id}',
  'test_helpers.test_clock': '/v1/test_helpers/test_clocks/{id}',
  topup: '/v1/topups/{id}',
  'three_d_secure.authentication': '/v1/three_d_secure/authentications/{id}',
  transfer: '/v1/transfers/{id}',
  'treasury.credit_reversal': '/v1/treasury/credit_reversals/{id}',
  'treasury.debit_reversal': '/v1/treasury/debit_reversals/{id}',
  'treasury.financial_account': '/v1/treasury/financial_accounts/{id}',
  'treasury.inbound_transfer': '/v1/treasury/inbound_transfers/{id}',
  'treasury.outbound_payment': '/v1/treasury/outbound_payments/{id}',
  'treasury.outbound_transfer': '/v1/treasury/outbound_transfers/{id}',
  'treasury.received_credit': '/v1/treasury/received_credits/{id}',
  'treasury.received_debit': '/v1/treasury/received_debits/{id}',
  'v2.commerce.product_catalog_import': '/v2/commerce/product_catalog/imports/{id}',
  'v2.core.account': '/v2/core/accounts/{id}',
  'v2.core.account_person': '/v2/core/accounts/{account}/persons/{id}',
  'v2.core.event_destination': '/v2/core/event_destinations/{id}',
  'v2.money_management.adjustment': '/v2/money_management/adjustments/{id}',
  'v2.money_management.financial_account': '/v2/money_management/financial_accounts/{id}',
  'v2.money_management.financial_address': '/v2/money_management/financial_addresses/{id}',
  'v2.money_management.inbound_transfer': '/v2/money_management/inbound_transfers/{id}',
  'v2.money_management.outbound_payment': '/v2/money_management/outbound_payments/{id}',
  'v2.money_management.payout_intent': '/v2/money_management/payout_intents/{id}',
  'v2.money_management.payout_method': '/v2/money_management/payout_methods/{id}',
  'v2.money_management.received_credit': '/v2/money_management/received_credits/{id}',
  'v2.money_management.recipient_verification': '/v2/money_management/recipient_verifications/{id}',
  'v2.money_management.transaction': '/v2/money_management/transactions/{id}',
};

/**
 * The path by which Stripe's API refers to an object, without a query.
 * @returns `undefined` for a kind that the API does not answer, or an object that lacks what the path names
 */
export function objectUrl(object: Readonly<Record<string, unknown>>): string | undefined {
  return objectUrls(object)[0];
}

/** All paths at which Stripe's API answers an object; some have one of their own and one under their owner. */
export function objectUrls(object: Readonly<Record<string, unknown>>): readonly string[] {
  const kind = String(object.object);
  const templates = Object.hasOwn(URLS, kind) ? URLS[kind] : undefined;
  return [templates ?? []].flat().flatMap((template) => filled(template, object) ?? []);
}

function filled(template: string, object: Readonly<Record<string, unknown>>): string | undefined {
  const ids = Array.from(template.matchAll(/\{([a-z]+)\}/g), ([, field = '']) => idOf(object[field]));
  if (ids.includes(undefined)) return undefined;
  return template.replaceAll(/\{[a-z]+\}/g, () => encodeURIComponent(ids.shift() ?? ''));
}

/** A reference is an id, or the object itself where it was expanded. */
function idOf(reference: unknown): string | undefined {
  if (typeof reference === 'string') return reference;
  return isRecord(reference) && typeof reference.id === 'string' ? reference.id : undefined;
}
