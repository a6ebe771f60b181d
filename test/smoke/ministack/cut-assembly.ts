import { isRecord } from '#shared/event/stripe-event.ts';
import { changeTemplates, type TemplateResource } from '../change-templates.ts';
import { hasWrongRef, whyNotCreated } from './shortfalls.ts';

/** How what was deployed differs from the assembly, by kind. */
export interface Cut {
  /** Resources that were left out. */
  readonly leftOut: ReadonlyMap<string, number>;
  /** References that were written otherwise. */
  readonly rewritten: ReadonlyMap<string, number>;
}

const TO_MISSING = 'reference to what is not created, now a text';
const TO_SECRET = 'Ref of a secret, now its attribute Id';

/** Copies a cloud assembly, without what MiniStack cannot create, and with references that it understands. */
export function cutAssembly(from: string, to: string): Cut {
  const leftOut = new Map<string, number>();
  const rewritten = new Map<string, number>();
  changeTemplates(from, to, (template) => {
    const entries = Object.entries(template.Resources);
    const reasons = entries.flatMap(([id, resource]) => {
      const reason = whyNotCreated(resource);
      return reason === undefined ? [] : [[id, reason] as const];
    });
    for (const [, reason] of reasons) count(leftOut, reason);
    const gone = new Set(reasons.map(([id]) => id));
    const misnamed = new Set(entries.filter(([, resource]) => hasWrongRef(resource)).map(([id]) => id));
    const kept = entries.filter(([id]) => !gone.has(id)).map(([id, resource]) => [id, without(resource, gone)]);
    const replacement = (target: string, isRef: boolean) => {
      if (gone.has(target)) {
        count(rewritten, TO_MISSING);
        return `not-created-${target}`;
      }
      if (!isRef || !misnamed.has(target)) return undefined;
      count(rewritten, TO_SECRET);
      return { 'Fn::GetAtt': [target, 'Id'] };
    };
    return replaceReferences({ ...template, Resources: Object.fromEntries(kept) }, replacement);
  });
  return { leftOut, rewritten };
}

function without(resource: TemplateResource, gone: ReadonlySet<string>): TemplateResource {
  const { DependsOn } = resource;
  if (DependsOn === undefined) return resource;
  return { ...resource, DependsOn: [DependsOn].flat().filter((id) => !gone.has(id)) };
}

/** What stands in the place of a reference; `undefined` leaves it as it is. */
type Replacement = (target: string, isRef: boolean) => unknown;

function replaceReferences(value: unknown, replacement: Replacement): unknown {
  if (Array.isArray(value)) return value.map((item) => replaceReferences(item, replacement));
  if (!isRecord(value)) return value;
  const [attribute] = Array.isArray(value['Fn::GetAtt']) ? value['Fn::GetAtt'] : [];
  const isRef = typeof value.Ref === 'string';
  const target = isRef ? value.Ref : attribute;
  const replaced = typeof target === 'string' ? replacement(target, isRef) : undefined;
  if (replaced !== undefined) return replaced;
  const entries = Object.entries(value).map(([key, item]) => [key, replaceReferences(item, replacement)]);
  return Object.fromEntries(entries);
}

function count(counts: Map<string, number>, kind: string): void {
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
}
