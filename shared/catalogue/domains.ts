/** The sections of Stripe's API reference: each has one queue, one DLQ and one handler. */
export const DOMAINS = [
  { name: 'core', title: 'Core Resources' },
  { name: 'payment_methods', title: 'Payment Methods' },
  { name: 'products', title: 'Products' },
  { name: 'checkout', title: 'Checkout' },
  { name: 'payment_links', title: 'Payment Links' },
  { name: 'billing', title: 'Billing' },
  { name: 'capital', title: 'Capital' },
  { name: 'connect', title: 'Connect' },
  { name: 'fraud', title: 'Fraud' },
  { name: 'issuing', title: 'Issuing' },
  { name: 'terminal', title: 'Terminal' },
  { name: 'treasury', title: 'Treasury' },
  { name: 'entitlements', title: 'Entitlements' },
  { name: 'sigma', title: 'Sigma' },
  { name: 'reporting', title: 'Reporting' },
  { name: 'financial_connections', title: 'Financial Connections' },
  { name: 'tax', title: 'Tax' },
  { name: 'identity', title: 'Identity' },
  { name: 'crypto', title: 'Crypto' },
  { name: 'climate', title: 'Climate' },
  { name: 'forwarding', title: 'Forwarding' },
  { name: 'webhooks', title: 'Webhooks' },
] as const satisfies readonly { readonly name: string; readonly title: string }[];

export type Domain = (typeof DOMAINS)[number]['name'];

/** Where events go that no prefix covers: not a Stripe domain, but a queue and a handler like one. */
export const UNRECOGNIZED = 'unrecognized';

/** What a handler, a queue or a metric can be named after. */
export type DomainOrUnrecognized = Domain | typeof UNRECOGNIZED;

/** All that can have a handler. */
export const HANDLER_NAMES: readonly DomainOrUnrecognized[] = [...DOMAINS.map(({ name }) => name), UNRECOGNIZED];
