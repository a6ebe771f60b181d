import { readFileSync } from 'node:fs';
import { isRecord } from '#shared/event/stripe-event.ts';
import { ENTRY_POINTS } from './entry-points.ts';

/** What a subscriber's project has anyway, from the version on that the package is tested with. */
const PEERS = ['aws-cdk-lib', 'constructs'];

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
    peerDependencies: Object.fromEntries(PEERS.map((peer) => [peer, `^${devDependencies[peer]}`])),
    peerDependenciesMeta: Object.fromEntries(PEERS.map((peer) => [peer, { optional: true }])),
  };
}
