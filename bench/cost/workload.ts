/** What one month's events do. Sizes and times are averages; what was measured or assumed stands beside each default. */
export interface Workload {
  readonly eventsPerMonth: number;
  /** Domains whose handlers see events: each has metrics of its own. */
  readonly domains: number;
  /** Accounts of a platform that had an event within a week: the reconciler compares the list of each, every hour. */
  readonly connectedAccounts: number;
  /** Other teams' rules with a queue and a function each that take every event. */
  readonly subscribers: number;
  /** Buses of other accounts to which rules take every event. */
  readonly foreignBuses: number;
  /**
   * KB of an event, of 1,000 bytes. The row of an example object of Stripe's takes 2.2 write units on average, real
   * invoices take up to 50: the row is taken to hold all of the event but 1.8 KB.
   */
  readonly eventKb: number;
  /** How often each event comes by webhook and by Stripe's partner bus: once by one of them, or by both. */
  readonly byWebhook: number;
  readonly byPartnerBus: number;
  /** Share of events that Stripe sends more than once. Assumed. */
  readonly duplicates: number;
  /** Share of events that are uses of cards and wait for a decision, in a stage that has the lane. */
  readonly authorizations: number;
  /** Milliseconds the authorizer is billed for one: 54 at the median, in the guide. */
  readonly authorizerMs: number;
  /** Share of events that come thin: their object is fetched, and the whole event published once more. */
  readonly thinShare: number;
  /** Milliseconds the resolver is billed for one: its turn at Stripe's pace, and Stripe's answer. Assumed. */
  readonly resolverMs: number;
  /**
   * Milliseconds the ingress is billed per event: 3.0 ms of CPU, which take 10 with the 0.29 of a CPU that 512 MB have,
   * and three calls of 5 to 10 ms. Assumed: `npm run bench` has found 1.8 to 4.7 ms, by how busy its machine was.
   */
  readonly ingressMs: number;
  /** Bytes of the answer to Stripe with its headers, and of a request to Stripe's API. Assumed. */
  readonly answerBytes: number;
  readonly stripeRequestBytes: number;
  /** Milliseconds the reconciler is billed for a page of a list of Stripe's: its turn, and Stripe's answer. Assumed. */
  readonly stripeListMs: number;
  /** Milliseconds a handler is billed per event in a full batch, empty, and with projection and one reaction. Assumed. */
  readonly emptyHandlerMs: number;
  readonly handlerMs: number;
  /** Messages per invocation: 10 under load, 1 at a trickle. */
  readonly batch: number;
  /** Share of invocations that start cold, and their milliseconds. Assumed; init is billed. */
  readonly coldShare: number;
  readonly coldMs: number;
  /** Milliseconds a function is billed that a schedule starts, most often to find nothing to do. Assumed. */
  readonly scheduledMs: number;
  /** Bytes of an event's two ledger rows, and objects seen for the first time per event. Measured, and assumed. */
  readonly ledgerBytes: number;
  readonly newObjects: number;
  /** Destinations whose webhooks see events: each has metrics of its own. */
  readonly destinations: number;
  /** Function instances at work, for what each reads once in five minutes. Assumed. */
  readonly instances: number;
}

export const DEFAULT_WORKLOAD: Workload = {
  eventsPerMonth: 1_000_000,
  domains: 8,
  connectedAccounts: 0,
  subscribers: 0,
  foreignBuses: 0,
  eventKb: 4,
  byWebhook: 1,
  byPartnerBus: 0,
  duplicates: 0.02,
  authorizations: 0,
  authorizerMs: 54,
  thinShare: 0,
  resolverMs: 300,
  ingressMs: 33,
  answerBytes: 250,
  stripeRequestBytes: 800,
  stripeListMs: 400,
  emptyHandlerMs: 10,
  handlerMs: 25,
  batch: 10,
  coldShare: 0.01,
  coldMs: 400,
  scheduledMs: 300,
  ledgerBytes: 750,
  newObjects: 0.4,
  destinations: 1,
  instances: 3,
};
