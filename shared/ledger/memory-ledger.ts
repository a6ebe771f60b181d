import type { Clock } from '../ports/clock.ts';
import { type Claim, type ClaimOutcome, LEDGER_TTL_SECONDS, type Ledger, type StageKey } from './ledger.ts';

/** A ledger row as the model keeps it. */
export interface MemoryRow {
  status: 'claimed' | 'done';
  owner: string;
  leaseUntil: number;
  expiresAt: number;
  attempts: number;
  errorCode?: string | undefined;
}

/** Rows by event and stage. */
export type LedgerRows = Map<string, MemoryRow>;

export interface MemoryLedger extends Ledger {
  readonly rows: LedgerRows;
}

/** What a claim writes if it may; made when it is sent, which can be long before the store gets to it. */
export interface Bid {
  readonly owner: string;
  readonly now: number;
  readonly leaseUntil: number;
}

/**
 * The ledger protocol without a database: the model that the DynamoDB adapter is compared with.
 * @param rows what it remembers; several ledgers may share it
 */
export function memoryLedger(
  clock: Clock,
  leaseMs: number,
  newOwner: () => string,
  rows: LedgerRows = new Map(),
): MemoryLedger {
  return {
    rows,
    isDone: async (key) => standing(rows, key, clock.now()).outcome === 'done',
    async claim(key) {
      const now = clock.now();
      return bidFor(rows, key, { owner: newOwner(), now, leaseUntil: now + leaseMs }) ?? standing(rows, key, now);
    },
    complete: async (claim) => markDone(rows, claim),
    release: async (claim, { code }) => giveBack(rows, claim, code),
  };
}

export function rowKey({ event, stage }: StageKey): string {
  return `${event} ${stage}`;
}

/** The conditional write of a claim. @returns `undefined` when its condition does not hold */
export function bidFor(rows: LedgerRows, key: StageKey, { owner, now, leaseUntil }: Bid): ClaimOutcome | undefined {
  const row = rows.get(rowKey(key));
  const isOurs = row?.owner === owner;
  if (row !== undefined && row.expiresAt > Math.floor(now / 1000)) {
    if (row.status === 'done' || (row.leaseUntil > now && !isOurs)) return undefined;
  }
  rows.set(rowKey(key), {
    status: 'claimed',
    owner,
    leaseUntil,
    expiresAt: Math.floor(now / 1000) + LEDGER_TTL_SECONDS,
    attempts: (row?.attempts ?? 0) + 1,
    errorCode: row?.errorCode,
  });
  const takenOver = row?.status === 'claimed' && row.leaseUntil !== 0 && !isOurs;
  const failed = row?.errorCode === undefined ? {} : { lastFailure: row.errorCode };
  return { outcome: 'claimed', claim: { ...key, owner, leaseUntil, takenOver, ...failed } };
}

/** The read after a claim whose condition did not hold. */
export function standing(rows: LedgerRows, key: StageKey, now: number): ClaimOutcome {
  const row = rows.get(rowKey(key));
  return row?.status === 'done' ? { outcome: 'done' } : { outcome: 'in_progress', leaseUntil: row?.leaseUntil ?? now };
}

export function markDone(rows: LedgerRows, claim: Claim): 'completed' | 'lost' {
  const row = rows.get(rowKey(claim));
  if (row?.owner !== claim.owner) return 'lost';
  row.status = 'done';
  row.errorCode = undefined;
  return 'completed';
}

export function giveBack(rows: LedgerRows, claim: Claim, code: string): 'released' | 'lost' {
  const row = rows.get(rowKey(claim));
  if (row?.owner !== claim.owner || row.status !== 'claimed') return 'lost';
  row.leaseUntil = 0;
  row.errorCode = code;
  return 'released';
}
