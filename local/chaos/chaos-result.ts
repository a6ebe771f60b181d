/** What a run counted; printed as it stands by `--json`. */
export interface ChaosResult {
  readonly seed: number;
  /** Fingerprint of what was sent and broken when: the same for the same seed and number of events. */
  readonly schedule: string;
  readonly events: number;
  /** Those of them that came over the partner bus: alone, also by webhook, and of both more than once on that bus. */
  readonly partner: { readonly alone: number; readonly both: number; readonly again: number };
  /** Changes beside these that Stripe told thin, and thin and as a snapshot. */
  readonly told: { readonly thin: number; readonly twins: number; readonly lost: number };
  /** Deliveries that were begun, duplicates included. */
  readonly deliveries: number;
  /** Tries by how they were answered, or by what kept them from an answer. */
  readonly answers: Readonly<Record<string, number>>;
  readonly trouble: {
    /** Each kind of trouble, and how often it struck. */
    readonly struck: Readonly<Record<string, number>>;
    /** Invocations that ended in the middle. */
    readonly killedInvocations: number;
    readonly forgeriesRefused: number;
  };
  readonly published: {
    /** Publications beyond the first of each event. */
    readonly again: number;
    /** Calls on the way to the bus whose outcome their caller could not know. */
    readonly unknownOutcomes: number;
    /** What the pipeline's own metrics counted as perhaps published twice. */
    readonly counted: number;
  };
  readonly handledAgain: number;
  readonly deadLetters: {
    readonly parked: number;
    readonly redriven: number;
    /** Events that came back, and were redriven again. */
    readonly cameBack: number;
    readonly left: number;
    readonly events: number;
  };
  readonly objects: { readonly expected: number; readonly wrong: number };
  /** Events that were not taken, published, handled or reacted to. */
  readonly lost: number;
  readonly elapsedMs: number;
}
