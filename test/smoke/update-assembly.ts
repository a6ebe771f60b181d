import { changeTemplates } from './change-templates.ts';

/** What the update gives to each function, in MB: a change that an operator makes, and that replaces nothing. */
export const MORE_MEMORY = 64;

/** Copies an assembly in which every function has more memory. */
export function updateAssembly(from: string, to: string): void {
  changeTemplates(from, to, (template) => {
    const resources = Object.entries(template.Resources).map(([id, resource]) => {
      const { MemorySize } = resource.Properties ?? {};
      const isFunction = resource.Type === 'AWS::Lambda::Function' && typeof MemorySize === 'number';
      if (!isFunction) return [id, resource];
      return [id, { ...resource, Properties: { ...resource.Properties, MemorySize: MemorySize + MORE_MEMORY } }];
    });
    return { ...template, Resources: Object.fromEntries(resources) };
  });
}
