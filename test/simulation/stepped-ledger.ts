import { LedgerUnavailable } from '#shared/errors/store-errors.ts';
import type { ClaimOutcome, Ledger, StageKey } from '#shared/ledger/ledger.ts';
import { bidFor, giveBack, markDone, rowKey, standing } from '#shared/ledger/memory-ledger.ts';
import type { Actor } from './actor.ts';
import { READ, WRITE } from './outcomes.ts';
import type { Simulation } from './simulation.ts';

/** What the table does with each write: the model's own rules, unless a planted bug changes them. */
export const RULES = { bidFor, markDone, giveBack };
export type Rules = typeof RULES;

/**
 * The ledger port of one invocation, each request to the table a step; a claim is two, as in the DynamoDB adapter: the
 * conditional write, and the read when its condition did not hold.
 */
export function steppedLedger(simulation: Simulation, actor: Actor, leaseMs: number, rules: Rules = RULES): Ledger {
  const { rows } = simulation;
  const unavailable = { unknown: () => new LedgerUnavailable('The simulated ledger did not answer.') };
  const named = (verb: string, { stage }: StageKey) => `${verb}(${stage.split(/[#/]/).at(-1)})`;
  let claims = 0;

  const write = <Answer>(verb: string, key: StageKey, send: () => () => Answer) =>
    actor.call({ name: named(verb, key), outcomes: WRITE, ...unavailable, send });

  return {
    isDone: (key) =>
      actor.call({
        name: named('look', key),
        outcomes: READ,
        ...unavailable,
        send: () => () => standing(rows, key, simulation.now).outcome === 'done',
      }),
    async claim(key): Promise<ClaimOutcome> {
      claims += 1;
      const owner = `${actor.name}/${claims}`;
      const claimed = await write('claim', key, () => {
        const bid = { owner, now: simulation.now, leaseUntil: simulation.now + leaseMs };
        return () => rules.bidFor(rows, key, bid);
      });
      if (claimed !== undefined) return claimed;
      return actor.call({
        name: named('read', key),
        outcomes: READ,
        ...unavailable,
        send: () => () => {
          const row = rows.get(rowKey(key));
          if (row?.status === 'claimed' && row.leaseUntil > simulation.now && !simulation.mayHold(row.owner)) {
            simulation.report(
              `${actor.name} finds its row in flight, but ${row.owner} has ended and could have said so`,
            );
          }
          return standing(rows, key, simulation.now);
        },
      });
    },
    complete: (claim) => write('complete', claim, () => () => rules.markDone(rows, claim)),
    release: (claim, { code }) => write('release', claim, () => () => rules.giveBack(rows, claim, code)),
  };
}
