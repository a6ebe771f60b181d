import type { EventTest } from '#shared/patterns/compile-pattern.ts';
import type { TargetInput } from './target-input.ts';

/** Where a rule sends its events, tried until a limit, and then a DLQ. */
export interface Target {
  readonly id: string;
  readonly arn: string;
  readonly deadLetterArn: string | undefined;
  /** ARN of the role that EventBridge sends with; without one it sends as itself. */
  readonly role: string | undefined;
  /** What events are grouped by in a FIFO queue: a text, or a path into the event such as `$.detail.id`. */
  readonly groupBy: string | undefined;
  /** What it gets in place of the event. */
  readonly input: TargetInput | undefined;
  /** Retries after the first try, 0 to 185. */
  readonly maxRetries: number;
  /** Seconds, 60 to 86,400. */
  readonly maxAge: number;
}

/** A rule on a bus. One without targets still counts what it matches. */
export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly bus: string;
  /** An operator may switch it. */
  enabled: boolean;
  /** JSON text; absent for a schedule. */
  readonly pattern: string | undefined;
  readonly matches: EventTest;
  /** An operator may take them away. */
  targets: readonly Target[];
  readonly tags: Readonly<Record<string, string>>;
  /** The account that made it, which need not be the bus's. */
  readonly createdBy: string;
}
