import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { canonicalType } from '#shared/catalogue/canonical-type.ts';
import type { EventTypeEntry } from '#shared/catalogue/event-type-entry.ts';
import { OBJECT_KINDS } from '#shared/catalogue/object-kinds.ts';
import { type DeclaredThinEvent, readStripeDeclarations } from './stripe-declarations.ts';

/** A row of Stripe's published list of event types. */
interface BaseType {
  readonly type: string;
  readonly object: string;
  readonly description: string;
  readonly selectionRequired?: boolean;
}

const TARGET = new URL('../shared/catalogue/event-types.generated.ts', import.meta.url);

const { values } = parseArgs({ options: { base: { type: 'string' } } });
const base: readonly BaseType[] =
  values.base === undefined ? await catalogued() : JSON.parse(readFileSync(values.base, 'utf8'));
const declared = readStripeDeclarations();
const snapshots = new Map(declared.snapshots.map((event) => [event.type, event]));
const thins = new Map(declared.thins.map((event) => [canonicalType(event.type), event]));

const published = base.map(({ type, object, description, selectionRequired }): EventTypeEntry => {
  const labelled = OBJECT_KINDS[object];
  if (labelled === undefined) throw new Error(`object "${object}" of ${type} is not in object-kinds.ts; add it there`);
  // A label can be broader than the type: "source (e.g., card)" is also the label of types that are never about a card.
  const declaredKind = snapshots.get(type)?.objectKind;
  const objectKinds = declaredKind === undefined ? labelled : [declaredKind];
  return {
    ...{ type, object, objectKinds, description, since: 'base' },
    ...appearance(true, thins.get(type)),
    ...(selectionRequired && { selectionRequired }),
    ...(!snapshots.has(type) && { legacy: true }),
  };
});
const known = new Set(published.map(({ type }) => type));
const newer = [...new Set([...snapshots.keys(), ...thins.keys()])].filter((type) => !known.has(type)).map(newerEntry);
const entries = [...published, ...newer].sort((a, b) => (a.type < b.type ? -1 : 1));

writeFileSync(
  TARGET,
  [
    `// Made by scripts/generate-catalogue.ts from Stripe's list of event types and stripe ${declared.version}. Do not edit.`,
    `import type { EventTypeEntry } from './event-type-entry.ts';`,
    '',
    'export const EVENT_TYPES = [',
    ...entries.map((entry) => `  ${JSON.stringify(entry)},`),
    '] as const satisfies readonly EventTypeEntry[];',
    '',
  ].join('\n'),
);
console.log(
  `${entries.length} event types: ${published.length} published, ${newer.length} from stripe ${declared.version}`,
);

function newerEntry(type: string): EventTypeEntry {
  const snapshot = snapshots.get(type);
  const thin = thins.get(type);
  const kind = snapshot?.objectKind ?? thin?.objectKind;
  const objectKinds = kind === undefined ? siblingKinds(type) : [kind];
  return {
    type,
    object: objectKinds.join(' or ').replace(/[._]/g, ' '),
    objectKinds,
    description: snapshot?.description ?? thin?.description ?? '',
    since: 'sdk',
    ...appearance(snapshot !== undefined, thin),
  };
}

/** A notification without an object is about the same as the other types of its family, else about its family. */
function siblingKinds(type: string): readonly string[] {
  const family = type.slice(0, type.lastIndexOf('.'));
  const sibling = published.find((entry) => entry.type.startsWith(`${family}.`));
  if (sibling) return sibling.objectKinds;
  const kind = declared.snapshots.find((event) => event.type.startsWith(`${family}.`))?.objectKind;
  return [kind ?? family];
}

function appearance(
  hasSnapshot: boolean,
  thin: DeclaredThinEvent | undefined,
): Pick<EventTypeEntry, 'styles' | 'thin'> {
  if (thin === undefined) return { styles: ['snapshot'] };
  return { styles: hasSnapshot ? ['snapshot', 'thin'] : ['thin'], thin: thin.facts };
}

/** Without `--base`, the published types are those of the catalogue as it stands. */
async function catalogued(): Promise<readonly BaseType[]> {
  const { EVENT_TYPES } = await import('#shared/catalogue/event-types.ts');
  return EVENT_TYPES.filter(({ since }) => since === 'base');
}
