import type { Destination } from './destination.ts';

/** A Stripe destination of the kind Amazon EventBridge that feeds the pipeline, with its defaults filled in. */
export interface PartnerSource extends Destination {
  /** Name of the partner event source, of its bus, and `source` of its events: `aws.partner/stripe.com/ed_…`. */
  readonly source: string;
}

/** What the names of Stripe's partner event sources begin with. */
export const PARTNER_SOURCE_PREFIX = 'aws.partner/stripe.com/';
