import type { Unsupported } from './assembly/list-unsupported.ts';
import type { Faults } from './faults/faults.ts';
import type { AccessControl } from './iam/access-control.ts';
import type { Principal } from './iam/principal.ts';
import type { Observations } from './observe/observations.ts';
import type { QueueDepth } from './sqs/queue.ts';
import type { LocalStripe } from './stripe/local-stripe.ts';

/** The whole pipeline on this machine. */
export interface Runtime {
  /** The HTTP API: `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** The AWS endpoint: `http://127.0.0.1:<port>`. */
  readonly awsUrl: string;
  /** Stripe's stand-in; `undefined` where the runtime was started without it. */
  readonly stripe: LocalStripe | undefined;
  /** The outputs of all stacks by name, and `StripeApiUrl` where Stripe's stand-in runs. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What of the templates has no effect here although a person might think so. */
  readonly unsupported: readonly Unsupported[];
  /** What happens, as it happens. */
  readonly observations: Observations;
  readonly faults: Faults;
  /** What the templates' policies allow. */
  readonly access: AccessControl;
  /**
   * The access key by which a client is a function (by name) or a role (by ARN) of the templates.
   * @throws {Error} there is no such function or role
   */
  accessKeyOf(holder: string): string;
  /** Whoever has an access key, as policies see them. */
  principalOf(accessKey: string): Principal;
  /** How many of each queue's messages are in which state, by queue name. */
  queueDepths(): Readonly<Record<string, QueueDepth>>;
  /** How many events a rule matched since the start, also one without a target. */
  ruleMatches(ruleName: string): number;
  /**
   * Resolves when nothing is in flight: no request, delivery, invocation, replay or move task, and every queue that a
   * function drains is empty, hidden and delayed messages included, and Stripe's stand-in tries no delivery any more.
   * @param timeoutMs real milliseconds, 60,000 by default
   * @throws {Error} that says what still goes on when the time is over
   */
  settled(timeoutMs?: number): Promise<void>;
  /**
   * Stops or resumes a function's draining of its queue, as an operator does with the event-source mapping.
   * @throws {Error} the function drains no queue
   */
  setPolling(functionName: string, enabled: boolean): void;
  /** Ends a function's workers in the middle of whatever they do. */
  killWorkers(functionName: string): Promise<void>;
  /**
   * Ends every invocation, poll and connection where it stands, and starts again at the same addresses. What AWS keeps
   * stays: tables, buckets, queues, the bus and its archive, secrets, and which mappings are switched off.
   */
  restart(): Promise<void>;
  /** Ends everything; harmless when repeated. */
  stop(): Promise<void>;
}
