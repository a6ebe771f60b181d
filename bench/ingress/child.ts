import { writeSync } from 'node:fs';
import type { Fanout } from '#shared/event/fanout.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import { signatureHeader } from '#shared/signature/sign.ts';
import { SECRET } from './secret.ts';

/**
 * Runs in a process whose standard output is thrown away, as Lambda takes it from the function. Both handlers take the
 * same events, in turn every few of them: what else the machine does then meets both. Writes the CPU microseconds per
 * event of each round to file descriptor 3.
 */
const ROUNDS = 31;
const WARM_UP = 4;
const PER_ROUND = 250;
const BLOCK = 10;
/** Share by which the bytes that the floor sends may differ from what the ingress sends. */
const TOLERANCE = 0.01;

const [ingressPath = '', barePath = ''] = process.argv.slice(2);
const [ingress, bare] = await Promise.all([import(ingressPath), import(barePath)]);
const context = { getRemainingTimeInMillis: () => 10_000 };

const events = Array.from({ length: PER_ROUND }, (_, i) => {
  const body = JSON.stringify(
    sampleEvent('invoice.paid', { seed: `bench ${i}`, created: Math.floor(Date.now() / 1000) }),
  );
  const headers = { 'stripe-signature': signatureHeader(body, SECRET, Math.floor(Date.now() / 1000)) };
  const [publishedAt, receivedAt] = [new Date().toISOString(), new Date().toISOString()];
  const fanout: Fanout = {
    version: 1,
    payload: 'snapshot',
    via: 'webhook',
    destination: 'account',
    receivedAt,
    publishedAt,
  };
  const detail = [body.slice(0, -1), ',"fanout":', JSON.stringify(fanout), '}'].join('');
  return { request: { headers, body, isBase64Encoded: false }, detail };
});
type BenchEvent = (typeof events)[number];

const handlers = {
  async ingress({ request }: BenchEvent): Promise<void> {
    const answer = await ingress.handler(request, context);
    if (answer.statusCode !== 200)
      throw new Error(`The ingress answered ${answer.statusCode} ${answer.body}; 200 was expected.`);
  },
  bare: ({ detail }: BenchEvent): Promise<void> => bare.handler(detail),
};

await assertSameBytes();
const rounds: { ingress: number; bare: number }[] = [];
for (let round = -WARM_UP; round < ROUNDS; round += 1) {
  const measured = { ingress: 0, bare: 0 };
  for (let at = 0; at < PER_ROUND; at += BLOCK) {
    const block = events.slice(at, at + BLOCK);
    const isBareFirst = (round + at / BLOCK) % 2 === 0;
    for (const name of isBareFirst ? (['bare', 'ingress'] as const) : (['ingress', 'bare'] as const)) {
      measured[name] += (await cpuOf(handlers[name], block)) / PER_ROUND;
    }
  }
  if (round >= 0) rounds.push(measured);
}
writeSync(3, JSON.stringify(rounds));
process.exit(0);

async function cpuOf(handle: (event: BenchEvent) => Promise<void>, block: readonly BenchEvent[]): Promise<number> {
  const before = process.cpuUsage();
  for (const event of block) await handle(event);
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** A floor that sends less than the ingress would be too low, one that sends more too high. */
async function assertSameBytes(): Promise<void> {
  const sentBy = async (handle: (event: BenchEvent) => Promise<void>) => {
    for (const event of events.slice(0, BLOCK)) await handle(event);
    return (await (await fetch(String(process.env.AWS_ENDPOINT_URL))).json()) as Record<string, number>;
  };
  const [ours, floor] = [await sentBy(handlers.ingress), await sentBy(handlers.bare)];
  for (const [operation, bytes] of Object.entries(floor)) {
    const off = bytes / (ours[operation] ?? 0) - 1;
    if (Math.abs(off) <= TOLERANCE) continue;
    throw new Error(
      `For ${BLOCK} events the floor sends ${bytes} bytes of ${operation}, the ingress ${ours[operation]}; make bench/ingress/bare-calls.ts send what the ingress sends.`,
    );
  }
}
