import type { PartnerIngressPorts } from '#functions/partner-ingress/ports.ts';
import { receiveBatch } from '#functions/partner-ingress/receive.ts';
import type { PartnerSource } from '#shared/environment/partner-source.ts';
import type { Failure } from '#shared/ledger/ledger.ts';
import { fakeWorld, NOW } from '../ingress/ingress-fakes.ts';

export const SOURCE: PartnerSource = {
  source: 'aws.partner/stripe.com/ed_test_1',
  name: 'bridge',
  mode: 'test',
  payload: 'either',
  accounts: 'either',
};

/** The ingress's fake world, fed from a queue. */
export function partnerWorld(source: Partial<PartnerSource> = {}) {
  const web = fakeWorld();
  const hidden: number[] = [];
  const parked: string[] = [];
  /** Code by ledger row. */
  const listed = new Map<string, string>();
  const keyOf = ({ event, stage }: { event: string; stage: string }) => `${event} ${stage}`;
  const ports: PartnerIngressPorts = {
    ...web,
    domain: 'partner',
    sources: [{ ...SOURCE, ...source }],
    telemetry: web.telemetryFor('partner'),
    telemetryFor: ({ name }) => web.telemetryFor(name),
    retrySchedule: [60, 300],
    maxReceiveCount: 5,
    messages: {
      hide: async (_message, seconds) => void hidden.push(seconds),
      park: async (_message, { code }) => void parked.push(code),
    },
    failures: {
      record: async (key, { code }: Failure) => void listed.set(keyOf(key), code),
      clear: async (keys) => {
        for (const key of keys) listed.delete(keyOf(key));
      },
    },
    ledgerWith: () => web.ledger,
  };
  /** @returns ids of the messages that stay in the queue */
  const receive = async (...bodies: readonly string[]) => {
    const Records = bodies.map((body, index) => ({
      messageId: `m${index}`,
      receiptHandle: `handle-${index}`,
      body,
      attributes: { ApproximateReceiveCount: '1' },
    }));
    const { batchItemFailures } = await receiveBatch(ports, { Records }, 30_000);
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
  return { ...web, ports, hidden, parked, listed, receive };
}

/** A message as EventBridge delivers it, with Stripe's event in its own bytes. */
export function enveloped(detail: string, source = SOURCE.source): string {
  const head = {
    version: '0',
    id: '6f8e2c1a-0000-4000-8000-000000000001',
    'detail-type': 'invoice.paid',
    source,
    account: '123456789012',
    time: `${new Date(NOW).toISOString().slice(0, 19)}Z`,
    region: 'us-east-1',
    resources: [],
  };
  return `${JSON.stringify(head).slice(0, -1)},"detail":${detail}}`;
}
