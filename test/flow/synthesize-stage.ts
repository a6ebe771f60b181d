import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { StageConfig } from '#infra/configuration/stage-config.ts';
import { validateConfig } from '#infra/configuration/validate-config.ts';
import { buildStacks } from '#infra/stacks/build-stacks.ts';

const root = join(import.meta.dirname, '../..');

/**
 * Synthesizes a stage with another configuration than the shipped one of `dev`, on the functions that were built for it.
 * @returns the folder of the assembly
 */
export function synthesizeStage(config: StageConfig, stage = 'dev'): string {
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'));
  const outdir = mkdtempSync(join(tmpdir(), 'stripe-fanout-flow-'));
  const app = new App({ context, outdir });
  buildStacks(app, { settings: validateConfig(stage, config), functionsFolder: join(root, 'dist/functions') });
  app.synth();
  return outdir;
}
