import type { Domain } from './domains.ts';

/** One row of the routing table: the event types that start with `prefix` belong to `domain`. */
export interface Route {
  /** Name of the row in construct ids and rule names: PascalCase, unique, never changed once deployed. */
  readonly id: string;
  /** Start of a canonical event type, compared character by character. */
  readonly prefix: string;
  readonly domain: Domain;
  /** Stripe sends this type only to destinations that list it by name, so it has a rule and metrics of its own. */
  readonly selectionRequired?: true;
}

/** The only place where an event type is given to a domain. The longest prefix that a type starts with decides. */
export const ROUTES = [
  { id: 'Customer', prefix: 'customer.', domain: 'core' },
  { id: 'Charge', prefix: 'charge.', domain: 'core' },
  { id: 'Refund', prefix: 'refund.', domain: 'core' },
  { id: 'PaymentIntent', prefix: 'payment_intent.', domain: 'core' },
  { id: 'SetupIntent', prefix: 'setup_intent.', domain: 'core' },
  { id: 'Payout', prefix: 'payout.', domain: 'core' },
  { id: 'Balance', prefix: 'balance.', domain: 'core' },
  { id: 'BalanceSettings', prefix: 'balance_settings.', domain: 'core' },
  { id: 'Mandate', prefix: 'mandate.', domain: 'core' },
  { id: 'File', prefix: 'file.', domain: 'core' },
  { id: 'PaymentMethod', prefix: 'payment_method.', domain: 'payment_methods' },
  { id: 'Source', prefix: 'source.', domain: 'payment_methods' },
  { id: 'CustomerSource', prefix: 'customer.source.', domain: 'payment_methods' },
  { id: 'CashBalance', prefix: 'cash_balance.', domain: 'payment_methods' },
  { id: 'CustomerCashBalanceTransaction', prefix: 'customer_cash_balance_transaction.', domain: 'payment_methods' },
  { id: 'ThreeDSecure', prefix: 'three_d_secure.', domain: 'payment_methods' },
  { id: 'Product', prefix: 'product.', domain: 'products' },
  { id: 'Price', prefix: 'price.', domain: 'products' },
  { id: 'Coupon', prefix: 'coupon.', domain: 'products' },
  { id: 'PromotionCode', prefix: 'promotion_code.', domain: 'products' },
  { id: 'CustomerDiscount', prefix: 'customer.discount.', domain: 'products' },
  { id: 'TaxRate', prefix: 'tax_rate.', domain: 'products' },
  { id: 'ProductCatalog', prefix: 'product_catalog.', domain: 'products' },
  { id: 'V2Commerce', prefix: 'v2.commerce.', domain: 'products' },
  { id: 'Checkout', prefix: 'checkout.', domain: 'checkout' },
  { id: 'PaymentLink', prefix: 'payment_link.', domain: 'payment_links' },
  { id: 'Invoice', prefix: 'invoice.', domain: 'billing' },
  { id: 'Invoiceitem', prefix: 'invoiceitem.', domain: 'billing' },
  { id: 'InvoicePayment', prefix: 'invoice_payment.', domain: 'billing' },
  { id: 'CreditNote', prefix: 'credit_note.', domain: 'billing' },
  { id: 'CustomerSubscription', prefix: 'customer.subscription.', domain: 'billing' },
  { id: 'SubscriptionSchedule', prefix: 'subscription_schedule.', domain: 'billing' },
  { id: 'CustomerTaxId', prefix: 'customer.tax_id.', domain: 'billing' },
  { id: 'Plan', prefix: 'plan.', domain: 'billing' },
  { id: 'Quote', prefix: 'quote.', domain: 'billing' },
  { id: 'Billing', prefix: 'billing.', domain: 'billing' },
  { id: 'BillingPortal', prefix: 'billing_portal.', domain: 'billing' },
  { id: 'TestHelpers', prefix: 'test_helpers.', domain: 'billing' },
  { id: 'V2Billing', prefix: 'v2.billing.', domain: 'billing' },
  { id: 'Capital', prefix: 'capital.', domain: 'capital' },
  { id: 'Account', prefix: 'account.', domain: 'connect' },
  { id: 'ApplicationFee', prefix: 'application_fee.', domain: 'connect' },
  { id: 'Capability', prefix: 'capability.', domain: 'connect' },
  { id: 'Person', prefix: 'person.', domain: 'connect' },
  { id: 'Topup', prefix: 'topup.', domain: 'connect' },
  { id: 'Transfer', prefix: 'transfer.', domain: 'connect' },
  { id: 'Reserve', prefix: 'reserve.', domain: 'connect' },
  { id: 'Apps', prefix: 'apps.', domain: 'connect' },
  { id: 'V2CoreAccount', prefix: 'v2.core.account.', domain: 'connect' },
  { id: 'V2CoreAccountConfiguration', prefix: 'v2.core.account[', domain: 'connect' },
  { id: 'V2CoreAccountSubresource', prefix: 'v2.core.account_', domain: 'connect' },
  { id: 'Radar', prefix: 'radar.', domain: 'fraud' },
  { id: 'Review', prefix: 'review.', domain: 'fraud' },
  { id: 'Issuing', prefix: 'issuing_', domain: 'issuing' },
  {
    id: 'IssuingAuthorizationRequest',
    prefix: 'issuing_authorization.request',
    domain: 'issuing',
    selectionRequired: true,
  },
  { id: 'Terminal', prefix: 'terminal.', domain: 'terminal' },
  { id: 'Treasury', prefix: 'treasury.', domain: 'treasury' },
  { id: 'V2MoneyManagement', prefix: 'v2.money_management.', domain: 'treasury' },
  { id: 'Entitlements', prefix: 'entitlements.', domain: 'entitlements' },
  { id: 'Sigma', prefix: 'sigma.', domain: 'sigma' },
  { id: 'Reporting', prefix: 'reporting.', domain: 'reporting' },
  {
    id: 'ReportingReportTypeUpdated',
    prefix: 'reporting.report_type.updated',
    domain: 'reporting',
    selectionRequired: true,
  },
  { id: 'FinancialConnections', prefix: 'financial_connections.', domain: 'financial_connections' },
  { id: 'Tax', prefix: 'tax.', domain: 'tax' },
  { id: 'Identity', prefix: 'identity.', domain: 'identity' },
  {
    id: 'IdentityVerificationSessionRedacted',
    prefix: 'identity.verification_session.redacted',
    domain: 'identity',
    selectionRequired: true,
  },
  { id: 'Crypto', prefix: 'crypto.', domain: 'crypto' },
  { id: 'Climate', prefix: 'climate.', domain: 'climate' },
  { id: 'Forwarding', prefix: 'forwarding.', domain: 'forwarding' },
  { id: 'WebhookEndpoint', prefix: 'webhook_endpoint.', domain: 'webhooks' },
  { id: 'V2CoreEventDestination', prefix: 'v2.core.event_destination.', domain: 'webhooks' },
  { id: 'V2CoreHealth', prefix: 'v2.core.health.', domain: 'webhooks' },
] as const satisfies readonly Route[];

export type RouteId = (typeof ROUTES)[number]['id'];
