import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import Stripe from 'stripe';
import { receive } from '#functions/ingress/receive.ts';
import { runTrial, type Verdict } from '#local/terminal/run-trial.ts';
import { readRequest } from '#shared/webhook/read-request.ts';
import { type FakeWorld, fakeWorld, NOW, never, SECRET } from '../unit/ingress/ingress-fakes.ts';
import { FUZZ_USAGE, type FuzzArguments, fuzzArguments } from './fuzz-arguments.ts';
import { fuzzVerdict, STRICTER } from './fuzz-verdict.ts';
import { largeRequests } from './large-requests.ts';
import { type FuzzRequest, requests, type SecretsOf } from './requests.ts';

const SECRETS: SecretsOf = { account: [SECRET, 'whsec_second'], connect: ['whsec_third', 'whsec_fourth'] };
const NOW_SECONDS = NOW / 1000;
/** Requests that share one fake world: what it remembers must not count as the ingress's memory. */
const PER_WORLD = 1_000;

process.exitCode = await runTrial({ usage: FUZZ_USAGE, read: fuzzArguments, run: fuzz }, process.argv.slice(2));

async function fuzz({ inputs, seed }: FuzzArguments): Promise<Verdict> {
  const answers = new Map<string, number>();
  const stricter = new Map<string, number>();
  let [done, worldAge, early, signedForOther] = [0, 0, 0, 0];
  let world = newWorld();
  const tell = async (made: FuzzRequest, asked: FakeWorld) => {
    const { status, code, isStricter } = await receiveAndCompare(made, asked);
    if (isStricter) count(stricter, code);
    if (made.isSignedForOther && code === 'signature_mismatch') signedForOther += 1;
    return `${status} ${code}`;
  };
  const check = async (made: FuzzRequest) => {
    done += 1;
    worldAge += 1;
    if (worldAge > PER_WORLD) [world, worldAge] = [newWorld(), 1];
    if (done === Math.ceil(inputs / 10)) early = await memoryUsed();
    count(answers, await tell(made, world));
  };

  // Before memory is measured.
  const byReference = await tellLarge(tell);
  const found = await fc.check(fc.asyncProperty(requests(NOW_SECONDS, SECRETS), check), { numRuns: inputs, seed });
  if (!found.failed)
    return fuzzVerdict({
      requests: inputs,
      answers,
      stricter,
      byReference,
      signedForOther,
      growth: (await memoryUsed()) - early,
    });
  const repeat = `npm run fuzz -- --inputs ${found.numRuns} --seed ${seed}`;
  const report = await fc.asyncDefaultReportMessage(found);
  return {
    kept: false,
    text: `${report}\nFuzz: FAILED: a finding after ${found.numRuns} requests; ${repeat} repeats it.`,
  };
}

/**
 * Sends what lies around the limits.
 * @returns how many events were published by reference
 * @throws {Error} one is not answered as it must be
 */
async function tellLarge(tell: (made: FuzzRequest, asked: FakeWorld) => Promise<unknown>): Promise<number> {
  const world = newWorld();
  for (const made of largeRequests(NOW_SECONDS, SECRETS, world.inlineLimit)) {
    await tell(made, world).catch((cause: Error) => {
      const start = made.body.toString('utf8', 0, 60);
      throw new Error(`Fuzz: FAILED: a request of ${made.body.length} bytes, ${start}…: ${cause.message}`, { cause });
    });
  }
  return world.stored.size;
}

/**
 * What the ingress answers, and whether stripe-node would have trusted what is refused by design.
 * @throws {Error} it is not as it must be
 */
async function receiveAndCompare(made: FuzzRequest, world: FakeWorld) {
  const before = world.entries.length;

  const { statusCode: status, body: said } = await receive(world, readRequest(made.request), never);

  const answer = JSON.parse(said);
  const code: string = answer.outcome ?? answer.error.code;
  if (status >= 500) throw new Error(`answered ${status} ${code}`);
  const isTrusted = trustedByStripe(made);
  if (status === 200) {
    if (!isTrusted) throw new Error('accepted what stripe-node refuses');
    const bytes = Math.max(0, ...world.entries.slice(before).map(({ detail }) => Buffer.byteLength(detail)));
    if (bytes > world.inlineLimit) throw new Error(`an entry of ${bytes} bytes was published`);
    return { status, code, isStricter: false };
  }
  if (world.entries.length !== before) throw new Error(`refused with ${code}, but published`);
  if (isTrusted && !STRICTER.has(code)) throw new Error(`refused with ${code} what stripe-node trusts`);
  return { status, code, isStricter: isTrusted };
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** Stripe's own library, with the destination's own secrets, the same clock and the same tolerance. */
function trustedByStripe({ body, header, destination }: FuzzRequest): boolean {
  const secrets = destination === 'account' || destination === 'connect' ? SECRETS[destination] : [];
  return secrets.some((secret) => {
    try {
      const { signature } = Stripe.webhooks;
      return signature?.verifyHeader(body, header ?? '', secret, 300, undefined, NOW) === true;
    } catch {
      return false;
    }
  });
}

function newWorld(): FakeWorld {
  const fresh = fakeWorld([{}, { name: 'connect', accounts: 'connected' }]);
  fresh.secret = JSON.stringify(SECRETS);
  return fresh;
}

/**
 * Bytes in use, with the buffers outside the heap in which bodies lie. What one collection finds unused there is given
 * back by the next, after a turn of the event loop; the least of three readings has it all.
 */
async function memoryUsed(): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let readings = 0; readings < 3; readings += 1) {
    globalThis.gc?.();
    await setImmediate();
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    least = Math.min(least, heapUsed + external);
  }
  return least;
}
