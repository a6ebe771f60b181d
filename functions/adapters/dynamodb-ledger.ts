import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { LedgerUnavailable } from '#shared/errors/store-errors.ts';
import {
  type ClaimOutcome,
  type EventFacts,
  type Failure,
  LEDGER_TTL_SECONDS,
  type Ledger,
  type StageKey,
} from '#shared/ledger/ledger.ts';
import type { Clock } from '#shared/ports/clock.ts';
import { awsClientOptions } from './aws-client-options.ts';

export interface DynamoDbLedgerOptions {
  /** @default one from Lambda's own environment */
  readonly client?: DynamoDBClient;
  readonly table: string;
  readonly clock: Clock;
  /** Milliseconds a claim lasts; longer than the function's timeout, so that a live owner is never overtaken. */
  readonly leaseMs: number;
  /** Makes the fence of a claim: a new unguessable token each time. */
  newOwner(): string;
}

type Values = Record<string, AttributeValue>;

/**
 * The ledger protocol on one DynamoDB table. Each step is one conditional UpdateItem whose condition also holds when
 * the row is already as this owner wants it, so the client may repeat it after a lost answer.
 */
export function dynamoDbLedger(options: DynamoDbLedgerOptions): Ledger {
  const { client = new DynamoDBClient(awsClientOptions), table, clock, leaseMs, newOwner } = options;
  const keyOf = ({ event, stage }: StageKey): Values => ({ event: { S: event }, stage: { S: stage } });

  /** @returns the written attributes as they were before, or `undefined` when the condition did not hold */
  async function update(key: StageKey, expression: string, condition: string, values: Values, signal: AbortSignal) {
    try {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: keyOf(key),
          UpdateExpression: expression,
          ConditionExpression: condition,
          ExpressionAttributeNames: namesIn(`${expression} ${condition}`),
          ExpressionAttributeValues: values,
          ReturnValues: 'UPDATED_OLD',
        }),
        { abortSignal: signal },
      );
      return Attributes ?? {};
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw unavailable(key, error);
    }
  }

  /** One consistent read on the rare duplicate; `ReturnValuesOnConditionCheckFailure` is not portable. */
  async function standing(key: StageKey, signal: AbortSignal): Promise<ClaimOutcome> {
    try {
      const { Item } = await client.send(
        new GetItemCommand({
          TableName: table,
          Key: keyOf(key),
          ConsistentRead: true,
          ProjectionExpression: '#status, leaseUntil',
          ExpressionAttributeNames: { '#status': 'status' },
        }),
        { abortSignal: signal },
      );
      if (Item?.status?.S === 'done') return { outcome: 'done' };
      return { outcome: 'in_progress', leaseUntil: Number(Item?.leaseUntil?.N ?? clock.now()) };
    } catch (error) {
      throw unavailable(key, error);
    }
  }

  return {
    async claim(key, facts, signal) {
      const now = clock.now();
      const owner = newOwner();
      const leaseUntil = now + leaseMs;
      const details = facts === undefined ? {} : factValues(facts);
      const sets = Object.keys(details).map((name) => `#${name} = :${name}`);
      const before = await update(
        key,
        `SET ${['#status = :claimed', '#owner = :owner', 'leaseUntil = :until', 'claimedAt = :claimedAt', 'attempts = if_not_exists(attempts, :zero) + :one', 'expiresAt = :expiry', ...sets].join(', ')} REMOVE doneAt`,
        // Our own claim once more, after a lost answer, holds; but a first try that arrives when the work has been
        // done since must not open the row again.
        'attribute_not_exists(stage) OR (#status = :claimed AND (leaseUntil <= :now OR #owner = :owner)) OR expiresAt <= :nowSeconds',
        {
          ...prefixed(details),
          ':claimed': { S: 'claimed' },
          ':owner': { S: owner },
          ':until': { N: String(leaseUntil) },
          ':claimedAt': { S: new Date(now).toISOString() },
          ':zero': { N: '0' },
          ':one': { N: '1' },
          ':now': { N: String(now) },
          ':nowSeconds': { N: String(Math.floor(now / 1000)) },
          ':expiry': { N: String(Math.floor(now / 1000) + LEDGER_TTL_SECONDS) },
        },
        signal,
      );
      if (before === undefined) return standing(key, signal);
      return { outcome: 'claimed', claim: { ...key, owner, leaseUntil, takenOver: isUnsettled(before, owner) } };
    },

    async complete(claim, signal) {
      const held = await update(
        claim,
        'SET #status = :done, doneAt = :doneAt REMOVE leaseUntil, errorCode, errorMessage, failedDomain, failedAt',
        '#owner = :owner',
        {
          ':done': { S: 'done' },
          ':doneAt': { S: new Date(clock.now()).toISOString() },
          ':owner': { S: claim.owner },
        },
        signal,
      );
      return held === undefined ? 'lost' : 'completed';
    },

    async release(claim, failure, signal) {
      const failed = failureValues(failure, clock.now());
      const held = await update(
        claim,
        `SET leaseUntil = :over, ${Object.keys(failed)
          .map((name) => `#${name} = :${name}`)
          .join(', ')}`,
        '#owner = :owner AND #status = :claimed',
        { ...prefixed(failed), ':over': { N: '0' }, ':owner': { S: claim.owner }, ':claimed': { S: 'claimed' } },
        signal,
      );
      return held === undefined ? 'lost' : 'released';
    },
  };
}

/** Attributes by which the `failures` index and operators find what failed; shared with the failure log. */
export function failureValues(failure: Failure, now: number): Values {
  return {
    failedDomain: { S: failure.domain },
    failedAt: { S: new Date(now).toISOString() },
    errorCode: { S: failure.code },
    errorMessage: { S: failure.message },
    type: { S: failure.type },
    ...(failure.account === undefined ? {} : { account: { S: failure.account } }),
  };
}

/** A lease that ended by itself, and not our own claim repeated after a lost answer. */
function isUnsettled(before: Values, owner: string): boolean {
  return before.status?.S === 'claimed' && before.leaseUntil?.N !== '0' && before.owner?.S !== owner;
}

function factValues(facts: EventFacts): Values {
  return {
    type: { S: facts.type },
    livemode: { BOOL: facts.livemode },
    created: { N: String(facts.created) },
    payload: { S: facts.payload },
    destination: { S: facts.destination },
    via: { S: facts.via },
    ...(facts.account === undefined ? {} : { account: { S: facts.account } }),
    ...(facts.object === undefined ? {} : { object: { S: facts.object } }),
  };
}

function prefixed(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value]));
}

/** `#name` stands for the attribute `name` throughout, since several of them are DynamoDB's reserved words. */
function namesIn(expression: string): Record<string, string> {
  return Object.fromEntries(
    Array.from(expression.matchAll(/#(\w+)/g), ([placeholder, name = '']) => [placeholder, name]),
  );
}

function unavailable(key: StageKey, cause: unknown): LedgerUnavailable {
  const reason = cause instanceof Error ? cause.name : 'unknown';
  return new LedgerUnavailable(`The ledger did not answer for ${key.event} (${key.stage}): ${reason}.`, { cause });
}
