import { isRecord } from '#shared/event/stripe-event.ts';
import { changeTemplates, type TemplateResource } from '../change-templates.ts';
import { hasWrongRef, whyNotCreated } from './shortfalls.ts';

/**
 * Copies a cloud assembly, without what MiniStack cannot create.
 * @returns how many resources of each kind were left out
 */
export function cutAssembly(from: string, to: string): ReadonlyMap<string, number> {
  const left = new Map<string, number>();
  changeTemplates(from, to, (template) => {
    const entries = Object.entries(template.Resources);
    const reasons = entries.flatMap(([id, resource]) => {
      const reason = whyNotCreated(resource);
      return reason === undefined ? [] : [[id, reason] as const];
    });
    for (const [, reason] of reasons) left.set(reason, (left.get(reason) ?? 0) + 1);
    const gone = new Set(reasons.map(([id]) => id));
    const misnamed = new Set(entries.filter(([, resource]) => hasWrongRef(resource)).map(([id]) => id));
    const kept = entries.filter(([id]) => !gone.has(id)).map(([id, resource]) => [id, without(resource, gone)]);
    return replaceReferences({ ...template, Resources: Object.fromEntries(kept) }, gone, misnamed);
  });
  return left;
}

function without(resource: TemplateResource, gone: ReadonlySet<string>): TemplateResource {
  const { DependsOn } = resource;
  if (DependsOn === undefined) return resource;
  return { ...resource, DependsOn: [DependsOn].flat().filter((id) => !gone.has(id)) };
}

function replaceReferences(value: unknown, gone: ReadonlySet<string>, misnamed: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => replaceReferences(item, gone, misnamed));
  if (!isRecord(value)) return value;
  const [attribute] = Array.isArray(value['Fn::GetAtt']) ? value['Fn::GetAtt'] : [];
  const target = typeof value.Ref === 'string' ? value.Ref : attribute;
  if (typeof target === 'string' && gone.has(target)) return `not-created-${target}`;
  if (typeof value.Ref === 'string' && misnamed.has(value.Ref)) return { 'Fn::GetAtt': [value.Ref, 'Id'] };
  const entries = Object.entries(value).map(([key, item]) => [key, replaceReferences(item, gone, misnamed)]);
  return Object.fromEntries(entries);
}
