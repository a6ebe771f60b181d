import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { readStripeDeclarations } from './stripe-declarations.ts';

const { version, snapshots, thins } = readStripeDeclarations();

const names = (events: readonly { readonly type: string }[]) => new Set(events.map(({ type }) => type));
const catalogued = {
  snapshot: names(EVENT_TYPES.filter(({ styles, legacy }) => styles.some((style) => style === 'snapshot') && !legacy)),
  thin: names(EVENT_TYPES.flatMap(({ thin }) => thin ?? [])),
};

console.log(`Event catalogue (${EVENT_TYPES.length} types) against the installed stripe ${version}:`);
report('snapshot', names(snapshots), catalogued.snapshot);
report('thin', names(thins), catalogued.thin);

function report(style: string, declared: ReadonlySet<string>, known: ReadonlySet<string>): void {
  const added = [...declared].filter((type) => !known.has(type));
  const gone = [...known].filter((type) => !declared.has(type));
  console.log(`  ${style}: ${declared.size} in the package, ${added.length} new, ${gone.length} gone`);
  for (const type of added) console.log(`    + ${type}`);
  for (const type of gone) console.log(`    - ${type}`);
  if (added.length + gone.length > 0) console.log('    To take them over: node scripts/generate-catalogue.ts');
}
