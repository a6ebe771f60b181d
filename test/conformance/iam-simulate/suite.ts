import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { decide } from '#local/iam/decide.ts';
import { nameOf } from '#local/iam/principal.ts';
import { readPolicy } from '#local/iam/read-statement.ts';
import type { Suite, Verdict } from '../suite.ts';
import { type Case, randomCases } from './cases.ts';

const VERSION = '0.1.173';
const ACCOUNT = '000000000000';
const SHOWN = 10;
const folder = fileURLToPath(new URL('../../../dist/conformance/iam-simulate', import.meta.url));
const entry = join(folder, 'node_modules/@cloud-copilot/iam-simulate/dist/esm/index.js');

/** @param chosen how many random cases, and from which seed */
export function iamSimulate(chosen: { readonly cases: number; readonly seed: number }): Suite {
  return {
    name: 'iam-simulate',
    judge: `iam-simulate ${VERSION}, on what policies allow: random requests, policies and conditions`,
    async run() {
      const missing = fetchPackage();
      if (missing !== undefined) return { outcome: 'skipped', summary: missing };
      return compare(randomCases(chosen.cases, chosen.seed));
    },
  };
}

/** Under the AGPL, so it is no dependency of ours: it is fetched beside us, and asked in a process of its own. */
function fetchPackage(): string | undefined {
  if (existsSync(entry)) return undefined;
  mkdirSync(folder, { recursive: true });
  const flags = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'];
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const wanted = `@cloud-copilot/iam-simulate@${VERSION}`;
  const { status, stderr } = spawnSync(npm, ['install', '--prefix', folder, ...flags, wanted], { encoding: 'utf8' });
  return status === 0 ? undefined : `npm could not fetch ${wanted}: ${stderr?.trim()}`;
}

async function compare(cases: readonly Case[]): Promise<Verdict> {
  const harness = fileURLToPath(new URL('harness.mjs', import.meta.url));
  const judge = spawn(process.execPath, [harness, entry], { stdio: ['pipe', 'pipe', 'inherit'] });
  // Who has ended reads no more; the number of answers below says that it has.
  judge.stdin.on('error', () => undefined);
  judge.stdin.end(cases.map((each) => `${JSON.stringify(simulationOf(each))}\n`).join(''));
  let [answered, disagreed, allowed] = [0, 0, 0];
  for await (const theirs of createInterface({ input: judge.stdout })) {
    const each = cases[answered++];
    if (each === undefined) throw new Error('the harness answered more lines than it was asked');
    const ours = answerOf(each);
    if (ours === 'Allowed') allowed += 1;
    if (ours === theirs) continue;
    disagreed += 1;
    if (disagreed <= SHOWN) process.stdout.write(`${JSON.stringify(each)}\n  theirs: ${theirs}\n  ours:   ${ours}\n`);
  }
  if (answered !== cases.length) throw new Error(`the harness answered ${answered} of ${cases.length} lines`);
  return {
    outcome: disagreed === 0 ? 'agreed' : 'disagreed',
    summary: `${answered} requests, ${disagreed} disagreed (${allowed} allowed)`,
  };
}

function answerOf({ access, identity, resource }: Case): string {
  const policy = (statements: readonly object[]) =>
    readPolicy('policy', { Statement: statements }, (message) => new Error(message));
  const decision = decide(access, { identity: policy(identity), resource: policy(resource) });
  if (decision.allowed) return 'Allowed';
  return decision.by === undefined ? 'ImplicitlyDenied' : 'ExplicitlyDenied';
}

function simulationOf({ access: { principal, action, resource, context }, identity, resource: own }: Case): object {
  const document = (Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });
  return {
    request: {
      principal: nameOf(principal),
      action,
      resource: { resource, accountId: ACCOUNT },
      contextVariables: context,
    },
    identityPolicies: identity.length > 0 ? [{ name: 'role', policy: document(identity) }] : [],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    ...(own.length > 0 && { resourcePolicy: document(own) }),
  };
}
