/**
 * What the package exports: each path of `exports`, and the modules whose exports it offers. Whatever these import
 * goes with them, and nothing else.
 */
export const ENTRY_POINTS: Readonly<Record<string, readonly string[]>> = {
  events: [
    'consumer/parse-stripe-event.ts',
    'consumer/stripe-event.ts',
    'consumer/delivered-text.ts',
    'consumer/payload-reader.ts',
    'consumer/payloads-from-s3.ts',
    'consumer/idempotent.ts',
    'consumer/table-ledger.ts',
    'consumer/settle-records.ts',
    'consumer/errors.ts',
  ],
  subscribe: [
    'infra/subscribe/stripe-fanout-bus.ts',
    'infra/subscribe/stripe-event-subscription.ts',
    'infra/subscribe/subscription-props.ts',
  ],
  testing: [
    'consumer/testing/sample-stripe-event.ts',
    'consumer/testing/sample-deliveries.ts',
    'consumer/testing/as-reference.ts',
    'consumer/testing/memory-ledger.ts',
  ],
};
