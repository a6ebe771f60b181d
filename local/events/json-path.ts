import { isRecord } from '#shared/event/stripe-event.ts';

const STEP = /^(?:\.([\w-]+)|\['([^']+)'\]|\[(\d+)\])/;

/**
 * Splits a path as EventBridge takes it, `$.detail.items[0]`, into the names and indexes on its way.
 * @returns `undefined` for what is no such path, wildcards and filters among it
 */
export function readJsonPath(path: string): readonly string[] | undefined {
  if (!path.startsWith('$')) return undefined;
  const steps: string[] = [];
  for (let rest = path.slice(1); rest !== ''; ) {
    const found = STEP.exec(rest);
    if (found === null) return undefined;
    steps.push(found[1] ?? found[2] ?? found[3] ?? '');
    rest = rest.slice(found[0].length);
  }
  return steps;
}

/** What stands at a path; `undefined` where nothing does. */
export function valueAt(document: unknown, steps: readonly string[]): unknown {
  return steps.reduce<unknown>((value, step) => {
    if (Array.isArray(value)) return value[Number(step)];
    return isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }, document);
}
