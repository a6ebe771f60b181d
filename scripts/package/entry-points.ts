/**
 * What the package exports: each path of `exports`, and the modules whose exports it offers. Whatever these import
 * goes with them, and nothing else.
 */
export const ENTRY_POINTS: Readonly<Record<string, readonly string[]>> = {
  subscribe: ['infra/subscribe/stripe-fanout-bus.ts'],
};
