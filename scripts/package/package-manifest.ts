import { readFileSync } from 'node:fs';
import { isRecord } from '#shared/event/stripe-event.ts';
import { ENTRY_POINTS } from './entry-points.ts';

/** Ranges of what a subscriber's project has anyway; `undefined`: from the version on that the package is tested with. */
const PEERS: Readonly<Record<string, string | undefined>> = {
  'aws-cdk-lib': undefined,
  constructs: undefined,
  // For its types alone, and those of the team's own version are the ones that count.
  stripe: '>=23.1.0',
  // Only what every version 3 has is called.
  '@aws-sdk/client-dynamodb': '3',
  '@aws-sdk/client-s3': '3',
};

const own: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/**
 * The package.json of the package: nothing of this repository's own, which is private and has scripts.
 * @param folders what the package holds besides its entry points
 */
export function packageManifest(folders: readonly string[]): Record<string, unknown> {
  if (!isRecord(own) || !isRecord(own.devDependencies))
    throw new Error('package.json does not say what it depends on.');
  const { version, description, license, devDependencies } = own;
  const names = Object.keys(ENTRY_POINTS);
  return {
    name: 'stripe-fanout',
    version,
    description: `Subscribe to the events of stripe-fanout. ${description}`,
    license,
    type: 'module',
    sideEffects: false,
    engines: { node: '>=22' },
    exports: {
      ...Object.fromEntries(names.map((name) => [`./${name}`, { types: `./${name}.d.ts`, default: `./${name}.js` }])),
      './package.json': './package.json',
    },
    files: [...names.flatMap((name) => [`${name}.js`, `${name}.d.ts`]), ...folders],
    // Optional, for a function that only reads events has no use for the CDK.
    peerDependencies: Object.fromEntries(
      Object.entries(PEERS).map(([peer, range]) => [peer, range ?? `^${devDependencies[peer]}`]),
    ),
    peerDependenciesMeta: Object.fromEntries(Object.keys(PEERS).map((peer) => [peer, { optional: true }])),
  };
}
