import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws/aws-error.ts';
import type { Observations } from '../observe/observations.ts';
import { MoveTask } from './move-task.ts';
import type { Queue } from './queue.ts';
import { invalidParameter } from './queue-input.ts';
import type { Queues } from './queues.ts';

interface TaskRecord {
  readonly handle: string;
  readonly sourceArn: string;
  readonly destinationArn: string | undefined;
  readonly rate: number | undefined;
  readonly task: MoveTask;
}

/** All message-move tasks, newest first. One may run per source. */
export class MoveTasks {
  readonly #queues: Queues;
  readonly #observations: Observations;
  readonly #records: TaskRecord[] = [];

  constructor(queues: Queues, observations: Observations) {
    this.#queues = queues;
    this.#observations = observations;
  }

  /** @throws {AwsError} the source is no DLQ, the destination does not exist, or a task already runs */
  start(sourceArn: string, destinationArn: string | undefined, rate: number | undefined): string {
    const source = this.#queueOf(sourceArn);
    if (!this.#queues.all().some(({ redrivePolicy }) => redrivePolicy?.deadLetterTargetArn === sourceArn)) {
      throw invalidParameter('Source queue must be configured as a Dead Letter Queue.');
    }
    const destination = destinationArn === undefined ? undefined : this.#queueOf(destinationArn);
    if (destination !== undefined && destination.isFifo !== source.isFifo) {
      throw invalidParameter('Source and destination must both be standard queues or both be FIFO queues.');
    }
    if (this.#running().some((record) => record.sourceArn === sourceArn)) {
      throw new AwsError(
        'UnsupportedOperation',
        'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
      );
    }
    const task = new MoveTask({
      source,
      destinationOf: ({ deadLetterSource }) => destination ?? this.#queues.findByArn(deadLetterSource ?? ''),
      rate,
    });
    const handle = Buffer.from(JSON.stringify({ taskId: randomUUID(), sourceArn })).toString('base64');
    this.#records.unshift({ handle, sourceArn, destinationArn, rate, task });
    task.run().finally(() => this.#observations.emit('changed'));
    return handle;
  }

  /** @returns how many messages had been moved */
  cancel(handle: string): number {
    const record = this.#running().find((candidate) => candidate.handle === handle);
    if (!record) throw new AwsError('ResourceNotFoundException', 'There is no running task with this handle.');
    record.task.cancel();
    return record.task.moved;
  }

  /** In the shape of `ListMessageMoveTasks`. */
  list(sourceArn: string, max: number): object[] {
    this.#queueOf(sourceArn);
    const records = this.#records.filter((record) => record.sourceArn === sourceArn).slice(0, max);
    return records.map(({ handle, destinationArn, rate, task }) => ({
      ...(task.status === 'RUNNING' ? { TaskHandle: handle } : {}),
      Status: task.status,
      SourceArn: sourceArn,
      DestinationArn: destinationArn,
      MaxNumberOfMessagesPerSecond: rate,
      ApproximateNumberOfMessagesMoved: task.moved,
      ApproximateNumberOfMessagesToMove: task.toMove,
      FailureReason: task.failureReason,
      StartedTimestamp: task.startedAt,
    }));
  }

  /** The running tasks, in words. */
  describe(): string[] {
    return this.#running().map(({ sourceArn }) => `a move task from ${sourceArn}`);
  }

  /** Ends what runs, so that nothing moves after the runtime stopped. */
  stop(): void {
    for (const { task } of this.#running()) task.cancel();
  }

  #running(): TaskRecord[] {
    return this.#records.filter(({ task }) => task.status === 'RUNNING' || task.status === 'CANCELLING');
  }

  #queueOf(arn: string): Queue {
    const queue = this.#queues.findByArn(arn);
    if (!queue) throw new AwsError('ResourceNotFoundException', `There is no queue ${arn}.`);
    return queue;
  }
}
