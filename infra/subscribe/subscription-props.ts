import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { RuleTargetInput } from 'aws-cdk-lib/aws-events';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { EventFilter } from './event-filter.ts';
import type { EventSelector } from './event-selection.ts';
import type { Insistence } from './selector-problems.ts';
import type { StripeFanoutBus } from './stripe-fanout-bus.ts';
import type { ReplayHandling } from './subscription-pattern.ts';
import type { SubscriptionTarget } from './subscription-target.ts';

/** What a team says of its subscription. Whatever is left out has its default. */
export interface StripeEventSubscriptionProps extends Insistence {
  /** Whose events: `StripeFanoutBus.fromStage(this, 'prod')`, or `fromArn` for the bus of another account. */
  readonly bus: StripeFanoutBus;
  /** Event types: `invoice.paid`, `customer.subscription.*`, or `*` for all. */
  readonly events: readonly EventSelector[];
  /** @default every event of these types */
  readonly where?: EventFilter;
  /** Where they go. */
  readonly target: SubscriptionTarget;
  /**
   * The team that is asked when something fails. Rule, queues and alarms bear it as the tag `owner`.
   * @default the stack's name
   */
  readonly owner?: string;
  /**
   * Name of the rule, and the start of the alarms' names: 1 to 18 lower-case letters, digits and inner dashes.
   * @default made of the stack's name and the construct's path; with `via: 'direct'` a name is needed
   */
  readonly name?: string;
  /**
   * How events come from a bus of another account.
   * - `bus`: over a bus of one's own, without asking anybody, if the pipeline's account lets the organization subscribe.
   * - `direct`: from a rule in the pipeline's account, which its owners add to their `infra/config.ts`.
   * @default 'bus'
   */
  readonly via?: 'bus' | 'direct';
  /**
   * What to do with events that somebody replays from the archive.
   * @default 'ignore', for what was done once must not be done again; 'both' with `startFrom`
   */
  readonly replay?: ReplayHandling;
  /**
   * Since when a late joiner wants events that were there before it. Nothing happens by itself: synthesis and the
   * output `ReplayCommand` say the command that brings them, to this subscription alone.
   * @default from its deployment on
   */
  readonly startFrom?: Date;
  /**
   * What the target gets instead of the event. A function or machine that gets another shape cannot put back events
   * that are too large for the bus.
   * @default the event as it is on the bus
   */
  readonly transform?: RuleTargetInput;
  /**
   * Events of one Stripe object one at a time, in the order in which they were published, which is not always Stripe's.
   * For functions and FIFO queues. One that fails holds up those of the same object behind it.
   * @default false, true for a FIFO queue
   */
  readonly fifo?: boolean;
  /**
   * Events in one invocation of a function, 1 to 10000; above 10 it needs a `batchingWindow`, and FIFO takes 10.
   * @default 10
   */
  readonly batchSize?: number;
  /** How long a batch may wait to fill up, 0 to 300 seconds. @default none */
  readonly batchingWindow?: Duration;
  /** Most invocations of a function at once, 2 to 1000. @default 10 */
  readonly maxConcurrency?: number;
  /** Receives before a message goes to the DLQ, 1 to 1000. @default 5 */
  readonly maxReceiveCount?: number;
  /**
   * How long an event that a function works on, or failed on, is hidden.
   * @default six times the function's timeout, and the batching window
   */
  readonly visibilityTimeout?: Duration;
  /**
   * Timeout of who handles the events, where the CDK does not know it: an imported function, or a queue drained by
   * somebody else.
   * @default the function's
   */
  readonly handlerTimeout?: Duration;
  /**
   * How old a waiting event may become before the alarm says so.
   * @default as long as one bad event can look like a queue that stands still: three times the visibility timeout and
   * five minutes
   */
  readonly lateAfter?: Duration;
  /** Who hears of alarms. @default nobody; their state is in CloudWatch all the same */
  readonly alarmTopic?: ITopic;
  /** Where the runbooks are read: a URL. @default 'docs/runbooks': their place in the pipeline's repository */
  readonly runbooks?: string;
  /**
   * What becomes of the queues when they leave the template.
   * @default RETAIN_ON_UPDATE_OR_DELETE: renaming a construct must not delete events that nobody has handled; a failed
   * first deployment leaves nothing behind
   */
  readonly removalPolicy?: RemovalPolicy;
}
