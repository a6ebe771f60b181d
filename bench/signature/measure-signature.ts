import { createHmac, timingSafeEqual } from 'node:crypto';
import Stripe from 'stripe';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import { parseSignatureHeader } from '#shared/signature/parse-header.ts';
import { signatureHeader } from '#shared/signature/sign.ts';
import { isSignedByOneOf, isTimely } from '#shared/signature/verify.ts';
import { type Figure, median } from '../figure.ts';

const SECRET = 'whsec_bench';
const ROUNDS = 15;
const PER_ROUND = 4_000;

/** Verifying and parsing one event of ours, of bare node:crypto, and of Stripe's own library, in turn. */
export function measureSignature(): readonly Figure[] {
  const body = Buffer.from(JSON.stringify(sampleEvent('invoice.paid', { seed: 'bench' })));
  const now = Date.now();
  const header = signatureHeader(body, SECRET, Math.floor(now / 1000));
  const ways = {
    ours: () => {
      const read = parseSignatureHeader(header);
      if (typeof read === 'string' || !isTimely(read, now) || !isSignedByOneOf([SECRET], read, body)) throw new Error();
      return JSON.parse(body.toString('utf8'));
    },
    bare: () => {
      const [t = '', v1 = ''] = header.split(',').map((part) => part.slice(part.indexOf('=') + 1));
      const mac = createHmac('sha256', SECRET).update(`${t}.`).update(body).digest();
      if (!timingSafeEqual(mac, Buffer.from(v1, 'hex'))) throw new Error();
      return JSON.parse(body.toString('utf8'));
    },
    stripe: () => Stripe.webhooks.constructEvent(body, header, SECRET),
  };
  const rates: Record<keyof typeof ways, number[]> = { ours: [], bare: [], stripe: [] };
  for (let round = -2; round < ROUNDS; round += 1) {
    for (const name of ['ours', 'bare', 'stripe'] as const) {
      const started = process.hrtime.bigint();
      for (let i = 0; i < PER_ROUND; i += 1) ways[name]();
      const rate = PER_ROUND / (Number(process.hrtime.bigint() - started) / 1e9);
      // The first rounds are for the compiler.
      if (round >= 0) rates[name].push(rate);
    }
  }
  const ratioTo = (floor: 'bare' | 'stripe') => median(rates.ours.map((rate, i) => rate / (rates[floor][i] ?? 0)));
  const perSecond = (name: keyof typeof ways) => `${Math.round(median(rates[name])).toLocaleString('en')} events/s`;
  return [
    {
      what: `verify and parse an event of ${(body.length / 1024).toFixed(1)} KiB`,
      value: ratioTo('bare'),
      unit: '×',
      floor: `bare node:crypto and JSON.parse, ${perSecond('bare')}; ours ${perSecond('ours')}`,
      bound: { least: 0.9 },
    },
    {
      what: 'the same against stripe-node',
      value: ratioTo('stripe'),
      unit: '×',
      floor: `stripe.webhooks.constructEvent, ${perSecond('stripe')}`,
    },
  ];
}
