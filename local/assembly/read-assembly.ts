import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { JsonReader } from '../json-reader.ts';
import { ACCOUNT, REGION } from './account.ts';
import type { Assembly, Stack } from './template.ts';
import { TemplateError } from './template-error.ts';

/**
 * Reads the directory that `cdk synth` wrote.
 * @throws {TemplateError} there is no assembly, or one of its files is not what its manifest says
 */
export function readAssembly(directory: string): Assembly {
  const root = resolve(directory);
  const stacks: Stack[] = [];
  const assets = new Map<string, string>();
  const artifacts = readJson(join(root, 'manifest.json')).object('artifacts');
  for (const id of Object.keys(artifacts.value)) {
    const artifact = artifacts.object(id);
    const properties = artifact.optionalObject('properties');
    if (artifact.string('type') === 'aws:cloudformation:stack' && properties) {
      const template = readJson(join(root, properties.string('templateFile')));
      const account = accountOf(id, artifact.optionalString('environment'));
      stacks.push({ id, name: properties.optionalString('stackName') ?? id, account, template });
    } else if (artifact.string('type') === 'cdk:asset-manifest' && properties) {
      for (const [key, path] of fileAssets(readJson(join(root, properties.string('file'))))) {
        assets.set(key, resolve(root, path));
      }
    }
  }
  if (stacks.length === 0) throw new TemplateError(`${root} holds no stack. Run \`npm run synth\` first.`);
  return { stacks, assets };
}

/**
 * Reads where a stack goes: `aws://unknown-account/unknown-region`, or an account and a Region.
 * @throws {TemplateError} a Region that is not played here
 */
function accountOf(stack: string, environment = 'aws://unknown-account/unknown-region'): string {
  const [account = '', region = ''] = environment.replace('aws://', '').split('/');
  if (region !== 'unknown-region' && region !== REGION) {
    throw new TemplateError(
      `Stack ${stack} was synthesized for ${region}; the local runtime is ${REGION} only: leave the Region out.`,
    );
  }
  return /^\d{12}$/.test(account) ? account : ACCOUNT;
}

function* fileAssets(manifest: JsonReader): Generator<[key: string, path: string]> {
  const files = manifest.optionalObject('files');
  for (const id of Object.keys(files?.value ?? {})) {
    const file = files?.object(id);
    const path = file?.object('source').optionalString('path');
    const destinations = file?.object('destinations');
    for (const name of Object.keys(destinations?.value ?? {})) {
      const key = destinations?.object(name).string('objectKey');
      if (path !== undefined && key !== undefined) yield [key, path];
    }
  }
}

function readJson(file: string): JsonReader {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new TemplateError(`${file} cannot be read. Run \`npm run synth\` first, or name its output folder.`, {
      cause,
    });
  }
  try {
    return new JsonReader(JSON.parse(text), (message) => new TemplateError(`${file}: ${message}`));
  } catch (cause) {
    throw new TemplateError(`${file} is not the JSON that \`cdk synth\` writes.`, { cause });
  }
}
