import { createHash } from 'node:crypto';

/**
 * A replay's name is the one thing that EventBridge tells the consumers of replayed events, so it says which reaction
 * is to run again. Names hold 64 characters, fewer than a reaction's own may have: hence a digest.
 * @param startedAt Unix milliseconds
 * @param rerun name of a reaction, as its ledger stage has it: `billing#invoice.payment_failed`
 */
export function replayName(startedAt: number, rerun?: string): string {
  const time = new Date(startedAt).toISOString().replaceAll(/[:.]/g, '-');
  return rerun === undefined ? `fanout-${time}` : `fanout-${time}-rerun-${digest(rerun)}`;
}

/** Whether a replay asks for a reaction. @param reaction its domain and name: `billing#invoice.payment_failed` */
export function asksFor(replay: string, reaction: string): boolean {
  return replay.endsWith(`-rerun-${digest(reaction)}`);
}

/** 64 bits: by chance, two of a thousand reactions share one in one of 10^13 pipelines. */
function digest(reaction: string): string {
  return createHash('sha256').update(reaction).digest('hex').slice(0, 16);
}
