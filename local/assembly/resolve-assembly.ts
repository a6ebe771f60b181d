import type { Addresses } from './identify.ts';
import { EMULATED } from './resource-types.ts';
import { StackScope } from './stack-scope.ts';
import type { Assembly, Resource } from './template.ts';
import { TemplateError } from './template-error.ts';

/** An assembly with every name, reference and condition decided. */
export interface ResolvedAssembly {
  readonly resources: readonly Resource[];
  /** The outputs of all stacks by plain name; where two have the same name, the first stack's. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly assets: ReadonlyMap<string, string>;
}

/**
 * Evaluates all stacks of an assembly, references between them included.
 * @throws {TemplateError} a reference to nothing, a circular one, or an intrinsic function the runtime does not know
 */
export function resolveAssembly(assembly: Assembly, addresses: Addresses): ResolvedAssembly {
  const exported = new Map<string, () => unknown>();
  const importValue = (name: string) => {
    const value = exported.get(name);
    if (!value) throw new TemplateError(`Fn::ImportValue names ${name}, which no stack of this assembly exports.`);
    return value();
  };
  const scopes = assembly.stacks.map((stack) => new StackScope(stack, addresses, importValue));
  for (const scope of scopes) {
    for (const { exportName, value } of scope.outputs()) if (exportName !== undefined) exported.set(exportName, value);
  }
  const outputs: Record<string, string> = {};
  for (const scope of scopes) {
    // CDK's wiring between stacks is nothing a person looks for.
    for (const { name, value } of scope.outputs())
      if (!name.startsWith('ExportsOutput')) outputs[name] ??= String(value());
  }
  const resources = scopes.flatMap((scope) => scope.resources());
  refuseTwins(resources);
  return { resources, outputs, assets: assembly.assets };
}

/** Here names are for all accounts, so that a person finds a queue by its name. */
function refuseTwins(resources: readonly Resource[]): void {
  const seen = new Map<string, Resource>();
  for (const resource of resources.filter(({ type }) => EMULATED.has(type))) {
    // The one stage of an API has the same name in every stack.
    if (resource.type === 'AWS::ApiGatewayV2::Stage') continue;
    const twin = seen.get(`${resource.type} ${resource.ref}`);
    if (twin) {
      throw new TemplateError(
        `Stacks ${twin.stack} and ${resource.stack} both have a ${resource.type} named ${resource.ref}: name one differently.`,
      );
    }
    seen.set(`${resource.type} ${resource.ref}`, resource);
  }
}

/** The resources of one type, in the order of the templates. */
export function resourcesOf(assembly: ResolvedAssembly, ...types: readonly string[]): Resource[] {
  return assembly.resources.filter(({ type }) => types.includes(type));
}
