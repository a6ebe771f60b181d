import type { JsonOperation } from '../aws/json-service.ts';
import type { MoveTasks } from './move-tasks.ts';
import type { Queues } from './queues.ts';

/** What the SQS operations work on. */
export interface SqsContext {
  readonly queues: Queues;
  readonly moveTasks: MoveTasks;
}

/** One SQS operation, before it is given its queues. */
export type SqsAction = (context: SqsContext) => JsonOperation;
