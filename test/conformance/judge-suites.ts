import { inParallel } from '#local/demo/in-parallel.ts';
import type { Verdict as TrialVerdict } from '#local/terminal/run-trial.ts';
import type { Suite } from './suite.ts';
import { verdictOf } from './verdict-of.ts';

/** Suites at once: half of the engines use one core only, for minutes. */
const LANES = 2;

/**
 * Runs every suite, whatever becomes of one, and prints what each says as soon as it does.
 * @returns the last line: how many agreed, and whether that is enough
 */
export async function judgeSuites(
  suites: readonly Suite[],
  { isCi, print }: { readonly isCi: boolean; print(line: string): void },
): Promise<TrialVerdict> {
  const counts = { agreed: 0, disagreed: 0, failed: 0, skipped: 0 };
  await inParallel(suites, LANES, async (suite) => {
    const { outcome, summary } = await verdictOf(suite);
    counts[outcome] += 1;
    print(`\n${suite.name}: ${suite.judge}`);
    print(`  ${outcome}: ${summary}`);
  });
  const { agreed, disagreed, failed, skipped } = counts;
  // In CI a skipped comparison is a failed one: nobody reads the line.
  const kept = disagreed + failed + (isCi ? skipped : 0) === 0;
  const text = `\nConformance: ${kept ? '' : 'FAILED: '}${agreed} suites agreed, ${disagreed} disagreed, ${failed} failed, ${skipped} skipped of ${suites.length}.`;
  return { kept, text };
}
