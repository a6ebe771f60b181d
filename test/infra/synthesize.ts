import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { writeUnbuiltFunctions } from '#infra/bundling/unbuilt-functions.ts';
import type { StageConfig } from '#infra/configuration/stage-config.ts';
import { validateConfig } from '#infra/configuration/validate-config.ts';
import { buildStacks } from '#infra/stacks/build-stacks.ts';

export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template's properties have no type of their own
  readonly Properties: any;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** The app of one stage with the flags of cdk.json, on functions of one line, so that no test waits for a build. */
export function buildApp(config: StageConfig = {}, stage = 'dev') {
  const { context } = JSON.parse(readFileSync(join(import.meta.dirname, '../../cdk.json'), 'utf8'));
  const folder = mkdtempSync(join(tmpdir(), 'stripe-fanout-infra-'));
  const functionsFolder = join(folder, 'functions');
  writeUnbuiltFunctions(functionsFolder);
  const app = new App({ context, outdir: join(folder, 'cdk.out') });
  return { app, ...buildStacks(app, { settings: validateConfig(stage, config), functionsFolder }) };
}

interface Templates {
  readonly data: Template;
  readonly pipeline: Template;
  readonly operations: Template;
  /** Only of a stage with a schema registry. */
  readonly contracts?: Template;
}

/** Each configuration is synthesized once for all test files of a worker: nobody changes a template. */
const synthesized = new Map<string, Templates>();

export function synthesize(config: StageConfig = {}, stage = 'dev'): Templates {
  const key = JSON.stringify([stage, config]);
  const known = synthesized.get(key);
  if (known) return known;
  const { data, pipeline, operations, contracts } = buildApp(config, stage);
  const templates = {
    data: Template.fromStack(data),
    pipeline: Template.fromStack(pipeline),
    operations: Template.fromStack(operations),
    ...(contracts !== undefined && { contracts: Template.fromStack(contracts) }),
  };
  synthesized.set(key, templates);
  return templates;
}

/** Resources of one type, by logical id. */
export function resourcesOf(template: Template, type: string): Record<string, Resource> {
  return template.findResources(type) as Record<string, Resource>;
}

/** The one resource of a type whose property has this value. */
export function resourceWhere(template: Template, type: string, property: string, value: string): Resource {
  const found = Object.values(resourcesOf(template, type)).filter(({ Properties }) => Properties[property] === value);
  if (found.length !== 1 || found[0] === undefined)
    throw new Error(`${found.length} ${type} with ${property} ${value}`);
  return found[0];
}
