import type { DeliverySummary } from '../stripe/emit/delivery-report.ts';
import type { ChaosSender } from './chaos-sender.ts';
import type { ChaosWitness } from './chaos-witness.ts';
import type { StoredState } from './stored-state.ts';

/** Everything that is known of a run when it is over. */
export interface ChaosEvidence {
  readonly stage: string;
  readonly sender: Pick<ChaosSender, 'sent' | 'answers'>;
  readonly witness: Pick<
    ChaosWitness,
    | 'bridged'
    | 'published'
    | 'cameBy'
    | 'notified'
    | 'handledBy'
    | 'reacted'
    | 'reactionUnknown'
    | 'cutShort'
    | 'unknown'
    | 'counted'
    | 'countedRepeats'
    | 'countedInAll'
    | 'publishRepeated'
    | 'killed'
    | 'notCleared'
  >;
  readonly stored: StoredState;
  /** How often each kind of trouble really struck, by its name. */
  readonly struck: ReadonlyMap<string, number>;
  /** Forged deliveries that were refused. */
  readonly forgeriesRefused: number;
  readonly forgeries: number;
  /** Messages that were no events. */
  readonly junk: number;
  /** How the deliveries went of what Stripe tells by itself. */
  readonly told: DeliverySummary | undefined;
  /** Failures of Stripe's API that nobody asked long enough to meet in full. */
  readonly stripeNotMet: number;
  readonly deadLetters: {
    /** In the DLQs before the redrive. */
    readonly parked: number;
    readonly redriven: number;
    /** Events that came back from a redrive, and were redriven again. */
    readonly cameBack: number;
    /** In the DLQs at the end. */
    readonly left: number;
    /** Those of them that are events. */
    readonly events: number;
  };
  /** Messages in the queues of handlers at the end. */
  readonly undrained: number;
  /** What kept the run itself from going on. */
  readonly complaints: readonly string[];
}
