import type { Assembly } from './template.ts';
import { TemplateError } from './template-error.ts';

/**
 * One assembly of several, as if all had been deployed: what one exports the others can import.
 * @throws {TemplateError} two of them have a stack of the same name in the same account
 */
export function mergeAssemblies(assemblies: readonly Assembly[]): Assembly {
  const stacks = assemblies.flatMap((assembly) => assembly.stacks);
  const seen = new Set<string>();
  for (const { name, account } of stacks) {
    const place = `${name} in account ${account}`;
    if (seen.has(place))
      throw new TemplateError(`Two assemblies have a stack ${place}: give one of them another name.`);
    seen.add(place);
  }
  return { stacks, assets: new Map(assemblies.flatMap(({ assets }) => [...assets])) };
}
