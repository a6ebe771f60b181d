import type { Suite, Verdict } from './suite.ts';

/** What a suite says, or why it could not say anything. */
export async function verdictOf(suite: Suite): Promise<Verdict> {
  try {
    return await suite.run();
  } catch (thrown) {
    return { outcome: 'failed', summary: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}
