import { PipelineError } from '#shared/errors/pipeline-error.ts';

/** The message holds no event of Stripe's; no retry can change that. */
export class NotAStripeEvent extends PipelineError {
  readonly code = 'not_a_stripe_event';
  readonly disposition = 'park';
  readonly remedy = 'Find out who sends to this queue besides the rules of the partner buses, and delete the message.';
}

/** The event comes from a partner event source that this stage does not declare, or no longer. */
export class PartnerSourceUnknown extends PipelineError {
  readonly code = 'partner_source_unknown';
  readonly disposition = 'park';
  readonly remedy = 'Declare the source in partnerEventSources of infra/config.ts, deploy, then redrive.';
}

/** The event is one that its partner event source is not declared for. */
export class PartnerMismatch extends PipelineError {
  readonly code = 'destination_mismatch';
  readonly disposition = 'park';
  readonly remedy =
    'Correct the mode, payload style or accounts of the source in infra/config.ts, deploy and redrive; or change the destination at Stripe.';
}
