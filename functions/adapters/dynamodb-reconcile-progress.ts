import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { errorName } from '#shared/errors/pipeline-error.ts';
import { LedgerUnavailable } from '#shared/errors/store-errors.ts';
import { LEDGER_TTL_SECONDS } from '#shared/ledger/ledger.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { JobState, ReconcileProgress } from '#shared/ports/reconcile-progress.ts';
import { jobKey, LIST_STAGE, RUN_STAGE, readJobState, readListProgress } from '#shared/reconcile/progress-rows.ts';
import { awsClient } from './aws-client.ts';

/** Milliseconds for which a job is its owner's; each page renews it, and takes a few seconds. */
export const JOB_LEASE_MS = 15_000;

export interface ReconcileProgressOptions {
  /** @default one from Lambda's own environment */
  readonly client?: DynamoDBClient;
  readonly table: string;
  readonly clock: Clock;
}

type Values = Record<string, AttributeValue>;

/** Rows of the ledger table: one for each job, and one for each of its lists; no event has a key like theirs. */
export function dynamoDbReconcileProgress({
  client = awsClient(DynamoDBClient),
  table,
  clock,
}: ReconcileProgressOptions): ReconcileProgress {
  /** @returns the row as it is now, or `undefined` when the condition did not hold */
  async function update(
    [job, stage]: readonly [job: string, stage: string],
    set: Values,
    condition: string | undefined,
    values: Values,
    signal: AbortSignal,
  ): Promise<Values | undefined> {
    const all: Values = { ...set, expiresAt: { N: String(Math.floor(clock.now() / 1000) + LEDGER_TTL_SECONDS) } };
    const names = Object.keys(all);
    const command = new UpdateItemCommand({
      TableName: table,
      Key: { event: { S: jobKey(job) }, stage: { S: stage } },
      UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
      ...(condition !== undefined && { ConditionExpression: condition }),
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: {
        ...Object.fromEntries(Object.entries(all).map(([name, value]) => [`:${name}`, value])),
        ...values,
      },
      ReturnValues: 'ALL_NEW',
    });
    try {
      return (await client.send(command, { abortSignal: signal })).Attributes ?? {};
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw unavailable(job, error);
    }
  }

  const lease = (owner: string, ms: number): Values => ({
    owner: { S: owner },
    leaseUntil: { N: String(ms === 0 ? 0 : clock.now() + ms) },
  });

  return {
    async take(job, owner, signal) {
      const condition = 'attribute_not_exists(stage) OR leaseUntil <= :now OR #owner = :owner';
      const now: Values = { ':now': { N: String(clock.now()) } };
      const row = await update([job, RUN_STAGE], lease(owner, JOB_LEASE_MS), condition, now, signal);
      return row && readJobState(row.progress?.S);
    },

    async lists(job, signal) {
      const query = {
        TableName: table,
        KeyConditionExpression: '#event = :job AND begins_with(stage, :list)',
        ExpressionAttributeNames: { '#event': 'event' },
        ExpressionAttributeValues: { ':job': { S: jobKey(job) }, ':list': { S: LIST_STAGE } },
        ConsistentRead: true,
      };
      const found: Values[] = [];
      try {
        const pages = paginateQuery({ client }, query, { abortSignal: signal });
        for await (const { Items } of pages) found.push(...(Items ?? []));
      } catch (error) {
        throw unavailable(job, error);
      }
      return found.flatMap(({ progress }) => readListProgress(progress?.S) ?? []);
    },

    async save(job, owner, state, signal) {
      const set = { ...lease(owner, JOB_LEASE_MS), progress: { S: JSON.stringify(state) } };
      return (await update([job, RUN_STAGE], set, '#owner = :owner', {}, signal)) !== undefined;
    },

    async saveList(job, list, signal) {
      await update([job, LIST_STAGE + list.list], { progress: { S: JSON.stringify(list) } }, undefined, {}, signal);
    },

    async release(job, owner, state, signal) {
      const set = { ...lease(owner, 0), progress: { S: JSON.stringify(state) } };
      await update([job, RUN_STAGE], set, '#owner = :owner', {}, signal);
    },
  };
}

/** What is known of a job, without taking it. */
export async function reconcileJob(client: DynamoDBClient, table: string, job: string): Promise<JobState> {
  const Key = { event: { S: jobKey(job) }, stage: { S: RUN_STAGE } };
  const { Item } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
  return readJobState(Item?.progress?.S);
}

function unavailable(job: string, cause: unknown): LedgerUnavailable {
  const reason = errorName(cause);
  return new LedgerUnavailable(`The ledger did not answer about the job ${job}: ${reason}.`, { cause });
}
