import { join } from 'node:path';
import { functionEnvironment } from '../environment.ts';
import { type Figure, median } from '../figure.ts';
import { runChild } from '../run-child.ts';
import { withNullAws } from '../with-null-aws.ts';

/** CPU of one event at the ingress, over the three bare SDK calls that it needs anyway. */
export async function measureIngress(ingress: string, bareCalls: string): Promise<Figure> {
  const rounds = await withNullAws(
    async (endpoint) =>
      (await runChild([join(import.meta.dirname, 'child.ts'), ingress, bareCalls], functionEnvironment(endpoint))) as {
        readonly ingress: number;
        readonly bare: number;
      }[],
  );
  const ms = (of: 'ingress' | 'bare') => (median(rounds.map((round) => round[of])) / 1000).toFixed(2);
  return {
    what: 'CPU of the ingress per event',
    value: median(rounds.map((round) => round.ingress / round.bare)),
    unit: '×',
    floor: `its three SDK calls alone, ${ms('bare')} ms; ours ${ms('ingress')} ms (median of ${rounds.length} rounds)`,
    bound: { most: 1.15 },
  };
}
