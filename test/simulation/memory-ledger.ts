import { type ClaimOutcome, LEDGER_TTL_SECONDS, type Ledger, type StageKey } from '#shared/ledger/ledger.ts';
import type { Clock } from '#shared/ports/clock.ts';

/** A ledger row as the model keeps it. */
export interface MemoryRow {
  status: 'claimed' | 'done';
  owner: string;
  leaseUntil: number;
  expiresAt: number;
  attempts: number;
  errorCode?: string | undefined;
}

export interface MemoryLedger extends Ledger {
  readonly rows: Map<string, MemoryRow>;
}

/** The ledger protocol without a database: the model that the DynamoDB adapter is compared with. */
export function memoryLedger(clock: Clock, leaseMs: number, newOwner: () => string): MemoryLedger {
  const rows = new Map<string, MemoryRow>();
  const rowKey = ({ event, stage }: StageKey) => `${event} ${stage}`;
  return {
    rows,
    async claim(key): Promise<ClaimOutcome> {
      const now = clock.now();
      const row = rows.get(rowKey(key));
      const expired = row !== undefined && row.expiresAt <= Math.floor(now / 1000);
      if (row?.status === 'done' && !expired) return { outcome: 'done' };
      if (row?.status === 'claimed' && row.leaseUntil > now && !expired) {
        return { outcome: 'in_progress', leaseUntil: row.leaseUntil };
      }
      const owner = newOwner();
      const claim = {
        ...key,
        owner,
        leaseUntil: now + leaseMs,
        takenOver: row?.status === 'claimed' && row.leaseUntil !== 0,
      };
      rows.set(rowKey(key), {
        status: 'claimed',
        owner,
        leaseUntil: claim.leaseUntil,
        expiresAt: Math.floor(now / 1000) + LEDGER_TTL_SECONDS,
        attempts: (row?.attempts ?? 0) + 1,
        errorCode: row?.errorCode,
      });
      return { outcome: 'claimed', claim };
    },
    async complete(claim) {
      const row = rows.get(rowKey(claim));
      if (row?.owner !== claim.owner) return 'lost';
      row.status = 'done';
      row.errorCode = undefined;
      return 'completed';
    },
    async release(claim, failure) {
      const row = rows.get(rowKey(claim));
      if (row?.owner !== claim.owner || row.status !== 'claimed') return 'lost';
      row.leaseUntil = 0;
      row.errorCode = failure.code;
      return 'released';
    },
  };
}
