import type { Addresses } from './identify.ts';
import { StackScope } from './stack-scope.ts';
import type { Assembly, Resource } from './template.ts';
import { TemplateError } from './template-error.ts';

/** An assembly with every name, reference and condition decided. */
export interface ResolvedAssembly {
  readonly resources: readonly Resource[];
  /** The outputs of all stacks by plain name. */
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
      if (!name.startsWith('ExportsOutput')) outputs[name] = String(value());
  }
  return { resources: scopes.flatMap((scope) => scope.resources()), outputs, assets: assembly.assets };
}

/** The resources of one type, in the order of the templates. */
export function resourcesOf(assembly: ResolvedAssembly, ...types: readonly string[]): Resource[] {
  return assembly.resources.filter(({ type }) => types.includes(type));
}
