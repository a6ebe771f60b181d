import { PipelineError } from '../errors/pipeline-error.ts';

/** Why a request is refused: the status of the answer, and what its sender can do. */
const REFUSALS = {
  destination_unknown: {
    status: 404,
    remedy: 'Use the URL of a destination that infra/config.ts declares, and deploy.',
  },
  body_too_large: { status: 413, remedy: 'Stripe sends nothing this large; check who calls this URL.' },
  body_not_json: { status: 400, remedy: "Send Stripe's own body: UTF-8 JSON, unchanged." },
  signature_missing: {
    status: 400,
    remedy: 'Send the Stripe-Signature header; a proxy in front of this URL may have dropped it.',
  },
  signature_malformed: {
    status: 400,
    remedy: 'Send the Stripe-Signature header exactly as Stripe does: t=<unix seconds>,v1=<hex>.',
  },
  timestamp_outside_tolerance: {
    status: 400,
    remedy: 'Sign each delivery afresh (Stripe does), and check the clock of whoever signs.',
  },
  signature_mismatch: {
    status: 400,
    remedy:
      "Check that this destination's own signing secret is stored (test, live and the Stripe CLI each have one), and that nothing changes the body on its way.",
  },
  not_an_authorization_request: {
    status: 400,
    remedy: 'Have Issuing alone post here, as its real-time endpoint, and all other events posted to /webhooks/stripe.',
  },
  not_a_stripe_event: { status: 400, remedy: 'Send a snapshot event or a thin event notification to this URL.' },
  destination_mismatch: {
    status: 400,
    remedy: 'Correct the mode, payload style or accounts of this destination in infra/config.ts or at Stripe.',
  },
} as const;

export type RefusalCode = keyof typeof REFUSALS;

/** The request is wrong: it is answered with its code and changes nothing. */
export class Refusal extends PipelineError {
  readonly code: RefusalCode;
  readonly disposition = 'reject';

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.code = code;
  }

  /** HTTP status of the answer. */
  get status(): number {
    return REFUSALS[this.code].status;
  }

  get remedy(): string {
    return REFUSALS[this.code].remedy;
  }
}
