import { parseArgs } from 'node:util';
import fc from 'fast-check';
import Stripe from 'stripe';
import { receive } from '#functions/ingress/receive.ts';
import { readRequest } from '#shared/webhook/read-request.ts';
import { fakeWorld, NOW, never, SECRET } from '../unit/ingress/ingress-fakes.ts';
import { type FuzzRequest, requests } from './requests.ts';

const OTHER_SECRET = 'whsec_second';
const SECRETS = [SECRET, OTHER_SECRET];
const NOW_SECONDS = NOW / 1000;
/** Requests that share one fake world: what it remembers must not count as the ingress's memory. */
const PER_WORLD = 1_000;
/** Most bytes the heap may grow between the first tenth and the end. */
const MAX_GROWTH = 8 * 1024 * 1024;
/** What stripe-node lets pass and we refuse, by design: the signature holds, and the rest is not for us. */
const STRICTER = new Set([
  'body_not_json',
  'not_a_stripe_event',
  'destination_mismatch',
  'destination_unknown',
  'body_too_large',
  // A second `t=`, or one that is not a plain number: libraries differ on what was signed then.
  'signature_malformed',
  // stripe-node looks at the past alone.
  'timestamp_outside_tolerance',
]);

const { values } = parseArgs({
  options: { inputs: { type: 'string', default: '200000' }, seed: { type: 'string', default: '20261124' } },
});
const inputs = Number(values.inputs);
if (!Number.isSafeInteger(inputs) || inputs < 1) {
  process.stderr.write(`--inputs is "${values.inputs}"; a whole number above 0 was expected.\n`);
  process.exit(2);
}

const answers = new Map<string, number>();
const stricter = new Map<string, number>();
let [done, worldAge, early] = [0, 0, 0];
let world = newWorld();

try {
  await fc.assert(fc.asyncProperty(requests(NOW_SECONDS, SECRETS), check), {
    numRuns: inputs,
    seed: Number(values.seed),
  });
} catch (finding) {
  process.stdout.write(`${finding instanceof Error ? finding.message : String(finding)}\n`);
  process.stdout.write(`Fuzz: a finding after ${done} inputs; --seed ${values.seed} repeats it.\n`);
  process.exit(1);
}
const growth = heapUsed() - early;
for (const [answer, count] of [...answers].toSorted(([, a], [, b]) => b - a)) print(`${answer}: ${count}`);
for (const [code, count] of stricter) print(`stricter than stripe-node by design, ${code}: ${count}`);
const isFlat = growth <= MAX_GROWTH;
print(
  `Fuzz: ${inputs} requests, 0 answered 5xx, 0 thrown, 0 accepted that stripe-node refuses; heap ${(growth / 2 ** 20).toFixed(1)} MiB more at the end than after a tenth (bound ${MAX_GROWTH / 2 ** 20}).`,
);
if (!isFlat || !answers.has('200 accepted')) process.exitCode = 1;

async function check({ request, body, header }: FuzzRequest): Promise<void> {
  done += 1;
  worldAge += 1;
  if (worldAge > PER_WORLD) [world, worldAge] = [newWorld(), 1];
  if (done === Math.ceil(inputs / 10)) early = heapUsed();
  const before = world.entries.length;

  const answer = await receive(world, readRequest(request), never);

  const said = JSON.parse(answer.body);
  const code: string = said.outcome ?? said.error.code;
  answers.set(`${answer.statusCode} ${code}`, (answers.get(`${answer.statusCode} ${code}`) ?? 0) + 1);
  if (answer.statusCode >= 500) throw new Error(`answered ${answer.statusCode} ${code}`);
  const isTrusted = trustedByStripe(body, header);
  if (answer.statusCode === 200) {
    if (!isTrusted) throw new Error('accepted what stripe-node refuses');
  } else {
    if (world.entries.length !== before) throw new Error(`refused with ${code}, but published`);
    if (isTrusted && !STRICTER.has(code)) throw new Error(`refused with ${code} what stripe-node trusts`);
    if (isTrusted) stricter.set(code, (stricter.get(code) ?? 0) + 1);
  }
}

/** Stripe's own library, with the same clock and tolerance. */
function trustedByStripe(body: Buffer, header: string | undefined): boolean {
  return SECRETS.some((secret) => {
    try {
      const { signature } = Stripe.webhooks;
      return signature?.verifyHeader(body, header ?? '', secret, 300, undefined, NOW) === true;
    } catch {
      return false;
    }
  });
}

function newWorld() {
  const fresh = fakeWorld([{}, { name: 'connect' }]);
  fresh.secret = JSON.stringify({ account: SECRETS, connect: SECRETS });
  return fresh;
}

function heapUsed(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
