import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ResolvedAssembly, resourcesOf } from '../assembly/resolve-assembly.ts';
import type { Resource } from '../assembly/template.ts';
import { TemplateError } from '../assembly/template-error.ts';
import { assertStaysLocal } from './assert-stays-local.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { functionEnvironment, type LocalAddresses } from './function-environment.ts';

/** Lambda's default, in seconds. */
const DEFAULT_TIMEOUT = 3;
/** Lambda's default, in MB. */
const DEFAULT_MEMORY = 128;

/**
 * The functions of all templates.
 * @param addresses what their clients talk to
 * @throws {TemplateError} a function without a built bundle, or of another runtime than Node.js
 * @throws {WouldReachAws} a function's environment leads away from this machine
 */
export function functionsFrom(assembly: ResolvedAssembly, addresses: LocalAddresses): FunctionDefinition[] {
  return resourcesOf(assembly, 'AWS::Lambda::Function').map((resource, index) => {
    const { properties, ref } = resource;
    const runtime = properties.optionalString('Runtime') ?? 'none';
    if (!runtime.startsWith('nodejs')) {
      throw new TemplateError(`${ref}: the runtime is ${runtime}; the local runtime runs nodejs functions only.`);
    }
    const [module = '', exportName = ''] = properties.string('Handler').split('.');
    const accessKey = `LOCAL${String(index).padStart(15, '0')}`;
    const identity = {
      name: ref,
      handler: properties.string('Handler'),
      memory: properties.optionalNumber('MemorySize') ?? DEFAULT_MEMORY,
      accessKey,
      folder: codeFolder(resource, assembly),
    };
    const declared = properties.optionalObject('Environment')?.stringMap('Variables') ?? new Map();
    const environment = functionEnvironment(identity, declared, addresses);
    assertStaysLocal(ref, environment, addresses);
    return {
      name: ref,
      arn: resource.attributes.Arn ?? '',
      file: bundleFile(identity.folder, module),
      exportName,
      timeout: properties.optionalNumber('Timeout') ?? DEFAULT_TIMEOUT,
      memory: identity.memory,
      environment,
      role: properties.string('Role'),
      accessKey,
    };
  });
}

function codeFolder({ properties, ref }: Resource, { assets }: ResolvedAssembly): string {
  const key = properties.object('Code').optionalString('S3Key');
  const folder = key === undefined ? undefined : assets.get(key);
  if (folder === undefined) {
    throw new TemplateError(`${ref}: the code is not a file asset of this assembly (S3Key ${key ?? 'is missing'}).`);
  }
  return folder;
}

function bundleFile(folder: string, module: string): string {
  const file = ['.mjs', '.js', '.cjs'].map((extension) => join(folder, module + extension)).find(existsSync);
  if (file === undefined) throw new TemplateError(`${folder} has no ${module}.mjs. Run \`npm run synth\` again.`);
  return file;
}
