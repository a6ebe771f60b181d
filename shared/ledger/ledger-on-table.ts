import { LedgerUnavailable } from '../errors/store-errors.ts';
import type { Clock } from '../ports/clock.ts';
import { type ClaimOutcome, LEDGER_TTL_SECONDS, type Ledger, type StageKey } from './ledger.ts';
import { COMPLETE, claiming, releasing, type Statement } from './ledger-statements.ts';
import type { LedgerAttributes, LedgerRead, LedgerTable, LedgerUpdate } from './ledger-table.ts';
import { factValues, failureValues, prefixed, type Values } from './ledger-values.ts';

export interface TableLedgerOptions {
  readonly table: string;
  readonly calls: LedgerTable;
  readonly clock: Clock;
  /** Milliseconds a claim lasts; longer than the function's timeout, so that a live owner is never overtaken. */
  readonly leaseMs: number;
  /** Makes the fence of a claim: a new unguessable token each time. */
  newOwner(): string;
}

/**
 * The ledger protocol on one DynamoDB table. Each step is one conditional UpdateItem whose condition also holds when
 * the row is already as this owner wants it, so the client may repeat it after a lost answer.
 */
export function ledgerOnTable(options: TableLedgerOptions): Ledger {
  const { table, calls, clock, leaseMs, newOwner } = options;
  const keyOf = ({ event, stage }: StageKey): Values => ({ event: { S: event }, stage: { S: stage } });

  /** @returns the row as it was before, or `undefined` when the condition did not hold */
  async function update(key: StageKey, statement: Statement, values: Values, signal: AbortSignal) {
    const input: LedgerUpdate = {
      TableName: table,
      Key: keyOf(key),
      ...statement,
      ExpressionAttributeValues: values,
      ReturnValues: 'ALL_OLD',
    };
    return await calls.update(input, signal).catch((error: unknown) => {
      throw unavailable(key, error);
    });
  }

  /** One consistent read on the rare duplicate; `ReturnValuesOnConditionCheckFailure` is not portable. */
  async function standing(key: StageKey, signal: AbortSignal): Promise<ClaimOutcome> {
    const input: LedgerRead = {
      TableName: table,
      Key: keyOf(key),
      ConsistentRead: true,
      ProjectionExpression: '#status, leaseUntil',
      ExpressionAttributeNames: { '#status': 'status' },
    };
    const row = await calls.get(input, signal).catch((error: unknown) => {
      throw unavailable(key, error);
    });
    if (row?.status?.S === 'done') return { outcome: 'done' };
    return { outcome: 'in_progress', leaseUntil: Number(row?.leaseUntil?.N ?? clock.now()) };
  }

  return {
    isDone: async (key, signal) => (await standing(key, signal)).outcome === 'done',

    async claim(key, facts, signal) {
      const now = clock.now();
      const owner = newOwner();
      const leaseUntil = now + leaseMs;
      const details = facts === undefined ? {} : factValues(facts);
      const before = await update(
        key,
        claiming(details),
        {
          ...details,
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
      const takenOver = isUnsettled(before, owner);
      const lastFailure = before.errorCode?.S;
      const claim = { ...key, owner, leaseUntil, takenOver, ...(lastFailure !== undefined && { lastFailure }) };
      return { outcome: 'claimed', claim };
    },

    async complete(claim, signal) {
      const held = await update(
        claim,
        COMPLETE,
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
      const failed = prefixed(failureValues(failure, clock.now()));
      const held = await update(
        claim,
        releasing(failed),
        { ...failed, ':over': { N: '0' }, ':owner': { S: claim.owner }, ':claimed': { S: 'claimed' } },
        signal,
      );
      return held === undefined ? 'lost' : 'released';
    },
  };
}

/** A lease that ended by itself, and not our own claim repeated after a lost answer. */
function isUnsettled(before: LedgerAttributes, owner: string): boolean {
  return before.status?.S === 'claimed' && before.leaseUntil?.N !== '0' && before.owner?.S !== owner;
}

function unavailable(key: StageKey, cause: unknown): LedgerUnavailable {
  const reason = cause instanceof Error ? cause.name : 'unknown';
  return new LedgerUnavailable(`The ledger did not answer for ${key.event} (${key.stage}): ${reason}.`, { cause });
}
