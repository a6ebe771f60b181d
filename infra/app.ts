import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { stop as stopEsbuild } from 'esbuild';
import { DEFAULT_STAGE } from '#shared/naming/resource-names.ts';
import { bundleFunctions } from './bundling/bundle-functions.ts';
import { FUNCTION_ENTRIES } from './bundling/function-entries.ts';
import { checkFindings } from './checks/check-findings.ts';
import { CONFIG } from './config.ts';
import { configOf } from './configuration/config-of.ts';
import { InvalidConfig } from './configuration/invalid-config.ts';
import type { StageConfig } from './configuration/stage-config.ts';
import { validateConfig } from './configuration/validate-config.ts';
import { buildStacks } from './stacks/build-stacks.ts';

const root = join(import.meta.dirname, '..');
const functionsFolder = join(root, 'dist', 'functions');

/** Reads the stage, builds its functions and its stacks. The CLI sets CDK_OUTDIR; synthesis runs when the process ends. */
async function main(): Promise<void> {
  const app = new App();
  const stage = String(app.node.tryGetContext('stage') ?? DEFAULT_STAGE);
  const settings = validateConfig(stage, broughtConfig(app) ?? configOf(stage, CONFIG));
  await bundleFunctions({ root, entries: FUNCTION_ENTRIES, outFolder: functionsFolder });
  // Its service process would wait, with 140 MB, until this one ends.
  await stopEsbuild();
  buildStacks(app, { settings, functionsFolder });
  checkFindings(app, stage);
}

/** Configuration of a stage that has no entry: whoever synthesizes it for this machine alone brings it, as JSON. */
function broughtConfig(app: App): StageConfig | undefined {
  const json: unknown = app.node.tryGetContext('config');
  return typeof json === 'string' ? JSON.parse(json) : undefined;
}

await main().catch((error: unknown) => {
  if (!(error instanceof InvalidConfig)) throw error;
  // The message says it all; a stack trace would push it off the screen. Exiting also skips the CDK's synthesis.
  console.error(error.message);
  process.exit(1);
});
