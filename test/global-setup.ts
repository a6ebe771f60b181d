import { synthesize } from '#local/synthesize.ts';
import { DEFAULT_STAGE } from '#shared/naming/resource-names.ts';

/** Bundles and synthesizes once before the flow tests, so that they work on a fresh clone. */
export async function setup(): Promise<void> {
  await synthesize({ output: 'cdk.out', stage: DEFAULT_STAGE });
}
