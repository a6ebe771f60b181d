import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { LEDGER_TTL_SECONDS } from '#shared/ledger/ledger.ts';
import { type HeldLock, LOCK_LEASE_MS, type OperatorLock } from '#shared/operations/operator-lock.ts';
import type { Clock } from '#shared/ports/clock.ts';

type Item = Record<string, AttributeValue>;

/**
 * One row of the ledger table for each thing that is worked on; no event has a key like it.
 * @param kind what is locked: a domain's dead letters, or the destinations of one of Stripe's modes
 */
export function dynamoDbOperatorLock(
  client: DynamoDBClient,
  table: string,
  clock: Clock,
  kind: 'dlq' | 'stripe' = 'dlq',
): OperatorLock {
  const keyOf = (subject: string): Item => ({ event: { S: `${kind}#${subject}` }, stage: { S: 'operate' } });

  /** @returns the row as it was before, or `undefined` when the condition did not hold */
  async function update(
    domain: string,
    set: Item,
    condition: string,
    values: Item,
    more = '',
  ): Promise<Item | undefined> {
    const names = Object.keys(set);
    try {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: keyOf(domain),
          UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}${more}`,
          ConditionExpression: condition,
          ExpressionAttributeNames: Object.fromEntries([...names, 'owner'].map((name) => [`#${name}`, name])),
          ExpressionAttributeValues: {
            ...Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value])),
            ...values,
          },
          ReturnValues: 'ALL_OLD',
        }),
      );
      return Attributes ?? {};
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  }

  const lease = (): Item => ({
    leaseUntil: { N: String(clock.now() + LOCK_LEASE_MS) },
    expiresAt: { N: String(Math.floor(clock.now() / 1000) + LEDGER_TTL_SECONDS) },
  });
  const noted = (moved: number, inHand: readonly string[]): Item => ({
    moved: { N: String(moved) },
    inHand: { L: inHand.map((id) => ({ S: id })) },
  });

  return {
    async take(domain, { token, host, pid, what }, dead = token) {
      const before = await update(
        domain,
        {
          ...lease(),
          ...noted(0, []),
          owner: { S: token },
          host: { S: host },
          pid: { N: String(pid) },
          what: { S: what },
          startedAt: { S: new Date(clock.now()).toISOString() },
        },
        'attribute_not_exists(stage) OR leaseUntil <= :now OR #owner = :dead OR #owner = :owner',
        { ':now': { N: String(clock.now()) }, ':dead': { S: dead }, ':none': { L: [] } },
        // In the same write that forgets what a killed command had in hand: this one may be killed in its turn.
        ', unreported = list_append(if_not_exists(unreported, :none), if_not_exists(inHand, :none))',
      );
      if (before !== undefined) {
        const wasHeld = before.owner !== undefined && before.owner.S !== token && before.leaseUntil?.N !== '0';
        return wasHeld ? { outcome: 'taken', interrupted: heldLock(before) } : { outcome: 'taken' };
      }
      const { Item = {} } = await client.send(
        new GetItemCommand({ TableName: table, Key: keyOf(domain), ConsistentRead: true }),
      );
      return { outcome: 'held', by: heldLock(Item) };
    },

    async note(domain, token, { moved, inHand }) {
      const held = await update(domain, { ...lease(), ...noted(moved, inHand) }, '#owner = :token', {
        ':token': { S: token },
      });
      return held !== undefined;
    },

    async release(domain, token, moved) {
      const over: Item = { ...noted(moved, []), leaseUntil: { N: '0' }, unreported: { L: [] } };
      await update(domain, over, '#owner = :token', { ':token': { S: token } });
    },
  };
}

function heldLock(item: Item): HeldLock {
  return {
    token: item.owner?.S ?? '',
    host: item.host?.S ?? '',
    pid: Number(item.pid?.N ?? 0),
    what: item.what?.S ?? '',
    startedAt: item.startedAt?.S ?? '',
    leaseUntil: Number(item.leaseUntil?.N ?? 0),
    moved: Number(item.moved?.N ?? 0),
    inHand: textsOf(item.inHand),
    unreported: textsOf(item.unreported),
  };
}

function textsOf(list: AttributeValue | undefined): string[] {
  return (list?.L ?? []).map(({ S }) => S ?? '');
}
