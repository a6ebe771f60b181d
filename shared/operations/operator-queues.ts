import type { DeadLetter } from './dead-letter.ts';

/** SQS's own counts, which lag by up to a minute. */
export interface QueueCounts {
  readonly visible: number;
  /** Received by someone, or delayed: comes back by itself. */
  readonly hidden: number;
}

/** A native move of all messages of a DLQ. */
export interface MoveTask {
  readonly status: string;
  /** Only while it runs. */
  readonly handle?: string;
  readonly moved: number;
  readonly toMove: number;
  readonly reason?: string;
  /** Unix milliseconds. */
  readonly startedAt: number;
}

/** What is known of one send. Only after `sent` may the original be deleted. */
export type Sent = { readonly outcome: 'sent' } | { readonly outcome: 'refused' | 'unknown'; readonly reason: string };

/** Queues as the engineer on call uses them, by URL. All methods reject with the service's own error. */
export interface OperatorQueues {
  counts(url: string): Promise<QueueCounts>;
  arn(url: string): Promise<string>;
  /** The queue's policy as JSON text, where it has one. */
  policy(url: string): Promise<string | undefined>;
  /**
   * Takes messages and hides them.
   * @param max 1 to 10
   * @param seconds 0 to 43,200
   */
  receive(url: string, max: number, seconds: number): Promise<readonly DeadLetter[]>;
  /** Never rejects: a lost answer is an outcome of its own. */
  send(url: string, message: Pick<DeadLetter, 'body' | 'attributes' | 'traceHeader'>): Promise<Sent>;
  remove(url: string, receiptHandle: string): Promise<void>;
  /** Makes messages visible again, now. Those whose handle is over are visible already. */
  putBack(url: string, receiptHandles: readonly string[]): Promise<void>;
  /** @param rate messages a second, 1 to 500 */
  startMove(fromArn: string, toArn: string, rate: number): Promise<void>;
  /** The latest move out of a queue. */
  latestMove(fromArn: string): Promise<MoveTask | undefined>;
  /** What has been moved stays moved. */
  cancelMove(handle: string): Promise<void>;
}
