import { randomUUID } from 'node:crypto';
import type { Ledger } from '#shared/ledger/ledger.ts';
import { type LedgerRows, memoryLedger as modelLedger } from '#shared/ledger/memory-ledger.ts';

/** A ledger for `idempotent` that forgets when the process ends; `rows` shows what it remembers. */
export type LedgerInMemory = ((leaseMs: number) => Ledger) & { readonly rows: LedgerRows };

/** For tests: the protocol of `tableLedger` without a table. @param now Unix milliseconds, to let leases end */
export function memoryLedger(now: () => number = Date.now): LedgerInMemory {
  const rows: LedgerRows = new Map();
  return Object.assign((leaseMs: number) => modelLedger({ now }, leaseMs, randomUUID, rows), { rows });
}
