import { writeSync } from 'node:fs';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import { signatureHeader } from '#shared/signature/sign.ts';
import { SECRET } from './secret.ts';

/**
 * Runs in a process whose standard output is thrown away, as Lambda takes it from the function: both handlers in turn,
 * and writes the CPU microseconds per event of each round to file descriptor 3.
 */
const ROUNDS = 21;
const PER_ROUND = 250;

const [ingressPath = '', barePath = ''] = process.argv.slice(2);
const [ingress, bare] = await Promise.all([import(ingressPath), import(barePath)]);

const requests = Array.from({ length: PER_ROUND }, (_, i) => {
  const body = JSON.stringify(
    sampleEvent('invoice.paid', { seed: `bench ${i}`, created: Math.floor(Date.now() / 1000) }),
  );
  const headers = { 'stripe-signature': signatureHeader(body, SECRET, Math.floor(Date.now() / 1000)) };
  return { headers, body, isBase64Encoded: false };
});

async function cpuPerEvent(handle: (request: (typeof requests)[number]) => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  for (const request of requests) await handle(request);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / PER_ROUND;
}

const context = { getRemainingTimeInMillis: () => 10_000 };
async function accept(request: (typeof requests)[number]): Promise<void> {
  const answer = await ingress.handler(request, context);
  if (answer.statusCode !== 200)
    throw new Error(`The ingress answered ${answer.statusCode} ${answer.body}; 200 was expected.`);
}

const rounds: { ingress: number; bare: number }[] = [];
for (let round = -4; round < ROUNDS; round += 1) {
  const measured = { ingress: await cpuPerEvent(accept), bare: await cpuPerEvent(bare.handler) };
  if (round >= 0) rounds.push(measured);
}
writeSync(3, JSON.stringify(rounds));
process.exit(0);
