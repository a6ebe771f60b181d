import { deadLetterQueueUrlOutput, queueUrlOutput } from '#shared/naming/output-names.ts';
import type { QueueOwner } from '#shared/naming/resource-names.ts';
import type { LedgerRow, OperatorLedger } from '#shared/operations/operator-ledger.ts';
import type { OperatorLock } from '#shared/operations/operator-lock.ts';
import type { OperatorQueues } from '#shared/operations/operator-queues.ts';
import type { CommandContext } from '../command.ts';
import type { Target } from '../target/target.ts';
import { latestFailures } from './reason.ts';

/** Everything that the commands around a DLQ work with. */
export interface DeadLetterDesk {
  readonly queues: OperatorQueues;
  readonly ledger: OperatorLedger;
  readonly lock: OperatorLock;
  /** URLs of a domain's queue and DLQ. */
  urlsOf(owner: QueueOwner): { readonly queue: string; readonly deadLetters: string };
  /** The newest failure of each event that failed in a domain. */
  failuresOf(owner: QueueOwner): Promise<ReadonlyMap<string, LedgerRow>>;
}

export async function deadLetterDesk(target: Target, { now }: Pick<CommandContext, 'now'>): Promise<DeadLetterDesk> {
  const { sqsOperatorQueues } = await import('#functions/adapters/operator/sqs-operator-queues.ts');
  const { dynamoDbOperatorLedger } = await import('#functions/adapters/operator/dynamodb-operator-ledger.ts');
  const { dynamoDbOperatorLock } = await import('#functions/adapters/operator/dynamodb-operator-lock.ts');
  const { dynamoDb, sqs } = target.clients;
  const table = target.output('LedgerTableName');
  const ledger = dynamoDbOperatorLedger(dynamoDb, table);
  return {
    queues: sqsOperatorQueues(sqs),
    ledger,
    lock: dynamoDbOperatorLock(dynamoDb, table, { now }),
    urlsOf: (owner) => ({
      queue: target.output(queueUrlOutput(owner)),
      deadLetters: target.output(deadLetterQueueUrlOutput(owner)),
    }),
    failuresOf: async (owner) => latestFailures(await ledger.failuresOf(owner)),
  };
}
