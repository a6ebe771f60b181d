import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { writeUnbuiltFunctions } from '#infra/bundling/unbuilt-functions.ts';
import type { StageConfig } from '#infra/configuration/stage-config.ts';
import { validateConfig } from '#infra/configuration/validate-config.ts';
import { buildStacks } from '#infra/stacks/build-stacks.ts';
import type { Template } from './template-facts.ts';

/** Synthesizes a stage with any configuration, and what else is added to its app. */
export type Synthesize = (config: StageConfig, besides?: (app: App) => void) => readonly Template[];

/** What changes no template and takes half of the time. */
const FASTER = { 'aws:cdk:disable-stack-trace': true, 'aws:cdk:disable-asset-staging': true };

/**
 * Synthesizes in this process, where a further configuration takes half a second and not the seven of `cdk synth`.
 * Functions are not built, for the bill does not depend on their code.
 * @param folder for functions and assemblies; whoever made it removes it
 * @returns a function that throws `InvalidConfig`, or what a check of the synthesis found
 */
export function synthesizer(stage: string, folder: string): Synthesize {
  const { context } = JSON.parse(readFileSync(join(import.meta.dirname, '../../cdk.json'), 'utf8'));
  const functionsFolder = join(folder, 'functions');
  writeUnbuiltFunctions(functionsFolder);
  return (config, besides) => {
    const app = new App({
      context: { ...context, ...FASTER },
      outdir: mkdtempSync(join(folder, 'cdk.out-')),
      builtinCloudFormationValidation: false,
      treeMetadata: false,
      analyticsReporting: false,
    });
    buildStacks(app, { settings: validateConfig(stage, config), functionsFolder });
    besides?.(app);
    return app.synth().stacks.map(({ template }): Template => template);
  };
}
