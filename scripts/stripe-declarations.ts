import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ThinFacts } from '#shared/catalogue/event-type-entry.ts';

/** An event type as the type declarations of the `stripe` package know it. */
export interface DeclaredEvent {
  readonly type: string;
  readonly description: string;
  /** Value of the field `object` of what the event is about; `undefined` when no object comes with it. */
  readonly objectKind: string | undefined;
}

export interface DeclaredThinEvent extends DeclaredEvent {
  readonly facts: ThinFacts;
}

export interface StripeDeclarations {
  readonly version: string;
  readonly snapshots: readonly DeclaredEvent[];
  readonly thins: readonly DeclaredThinEvent[];
}

const EVENT =
  /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport interface (\w+) extends EventBase \{\n {4}type: '([^']+)';([\s\S]*?)\n\}/g;

/**
 * Reads the event types of the installed `stripe` package. They are written nowhere but in its `.d.ts` files.
 * @throws {Error} the package is missing, or its files are not laid out as in version 23
 */
export function readStripeDeclarations(): StripeDeclarations {
  const root = new URL('.', import.meta.resolve('stripe'));
  const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
  const { version }: { version: string } = JSON.parse(read('../package.json'));
  const snapshotText = read('resources/Events.d.ts');
  const kindOf = kindFinder(fileURLToPath(root));

  const snapshots = [...snapshotText.matchAll(EVENT)].map(([, comment = '', name = '', type = '']) => {
    const data = snapshotText.match(new RegExp(`namespace ${name} \\{\\n[\\s\\S]*?\\n {8}object: ([\\w.]+);`));
    return { type, description: textOf(comment), objectKind: kindOf(data?.[1], '') };
  });
  const thins = [...read('resources/V2/Core/Events.d.ts').matchAll(EVENT)].map(
    ([, comment = '', , type = '', body = '']) => {
      const related = body.match(/related_object: [\w.]*Related(Singleton)?Object;/);
      const facts: ThinFacts = {
        type,
        relatedObject: related === null ? 'none' : related[1] === undefined ? 'object' : 'singleton',
        ...(/^ {4}data: /m.test(body) && { carriesData: true }),
      };
      const objectType = body.match(/fetchRelatedObject\(\): Promise<([\w.]+)>/)?.[1];
      return { type, description: textOf(comment), objectKind: kindOf(objectType, 'v2.'), facts };
    },
  );
  if (snapshots.length === 0 || thins.length === 0) {
    throw new Error(
      `found ${snapshots.length} snapshot and ${thins.length} thin event types in stripe ${version}; expected some of ` +
        'both. Its declaration files have changed: adapt scripts/stripe-declarations.ts.',
    );
  }
  return { version, snapshots, thins };
}

/** Finds the `object` of a declared type by its name: `Treasury.ReceivedDebit` is `treasury.received_debit`. */
function kindFinder(root: string): (typeName: string | undefined, version: string) => string | undefined {
  const bare = (name: string) => name.replace(/[._]/g, '').toLowerCase();
  const kinds = new Map<string, string>();
  for (const file of globSync('resources/**/*.d.ts', { cwd: root })) {
    for (const [, kind = ''] of readFileSync(`${root}/${file}`, 'utf8').matchAll(/^ {4}object: '([\w.]+)';$/gm)) {
      kinds.set(bare(kind), kind);
    }
  }
  return (typeName, version) => {
    if (typeName === undefined) return undefined;
    // In the declarations of v2 events, "V1" marks the types of API v1 and no mark those of API v2.
    const name = bare(typeName.startsWith('V1') ? typeName.slice(2) : `${version}${typeName}`);
    return kinds.get(name);
  };
}

function textOf(comment: string): string {
  return comment
    .replace(/^\s*\* ?/gm, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}
