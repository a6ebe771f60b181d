import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { afterEach, describe, expect, it } from 'vitest';
import { eventBridgeBus } from '#functions/adapters/eventbridge-bus.ts';
import { BusRefused, PublishFailed, PublishUnknown } from '#shared/errors/store-errors.ts';
import type { BusEntry } from '#shared/event/bus-entry.ts';
import { clientOf, type ScriptedAnswer, type ScriptedServer, scriptedServer } from './scripted-server.ts';

const entry: BusEntry = {
  source: 'stripe',
  detailType: 'invoice.paid',
  detail: '{"a":1}',
  time: new Date(1_700_000_000_000),
};
const accepted = { status: 200, body: { FailedEntryCount: 0, Entries: [{ EventId: 'id-1' }] } };
const refused = (ErrorCode: string) => ({ status: 200, body: { FailedEntryCount: 1, Entries: [{ ErrorCode }] } });

let server: ScriptedServer;
afterEach(() => server.close());

interface Options {
  readonly maxAttempts?: number;
  readonly signal?: AbortSignal;
  readonly traceHeader?: string;
}

async function publish(
  script: ScriptedAnswer[],
  { maxAttempts = 1, signal = new AbortController().signal, traceHeader }: Options = {},
) {
  server = await scriptedServer(script);
  const repeats: number[] = [];
  const client = new EventBridgeClient({ ...clientOf(server.endpoint), maxAttempts });
  const bus = eventBridgeBus({
    client,
    busName: 'stripe-fanout-test',
    traceHeader: () => traceHeader,
    onRepeat: (attempts) => repeats.push(attempts),
  });
  const result = await bus.publish(entry, signal).finally(() => client.destroy());
  return { result, repeats };
}

describe('publishing on EventBridge', () => {
  it('sends the entry as it is and gives the id under which the bus took it', async () => {
    const { result, repeats } = await publish([accepted]);

    expect(result).toBe('id-1');
    expect(repeats).toEqual([]);
    expect(server.requests).toEqual([
      {
        Entries: [
          {
            EventBusName: 'stripe-fanout-test',
            Source: 'stripe',
            DetailType: 'invoice.paid',
            Detail: '{"a":1}',
            Time: 1_700_000_000,
          },
        ],
      },
    ]);
  });

  it('hands on the trace, so that it goes on in the handlers', async () => {
    await publish([accepted], { traceHeader: 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1' });

    expect(server.requests).toMatchObject([
      { Entries: [{ TraceHeader: 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1' }] },
    ]);
  });

  it.each(['InternalFailure', 'ThrottlingException', 'AccessDeniedException', 'NotAuthorizedForSourceException'])(
    'treats an entry failed with %s as not published, though the answer is 200',
    async (code) => {
      await expect(publish([refused(code)])).rejects.toThrow(PublishFailed);
    },
  );

  it.each(['MalformedDetail', 'InvalidArgument'])('treats %s as refused for good', async (code) => {
    await expect(publish([refused(code)])).rejects.toMatchObject({ constructor: BusRefused, reason: code });
  });

  it('knows that an entry is not published when the whole call is refused', async () => {
    const denied = { status: 400, body: { __type: 'AccessDeniedException', message: 'no' } };

    await expect(publish([denied])).rejects.toThrow(PublishFailed);
  });

  it('does not know whether an entry is published when the service fails', async () => {
    await expect(publish([{ status: 500, body: { __type: 'InternalException' } }])).rejects.toThrow(PublishUnknown);
  });

  it('does not know whether an entry is published when no answer comes before the deadline', async () => {
    await expect(publish(['hang'], { signal: AbortSignal.timeout(50) })).rejects.toThrow(PublishUnknown);
  });

  it('tells when the client needed several tries, since an earlier one may have reached the bus', async () => {
    const failing = { status: 500, body: { __type: 'InternalException' } };

    const { repeats } = await publish([failing, accepted], { maxAttempts: 3 });

    expect(repeats).toEqual([2]);
  });

  it('tells of the tries before a refusal too, since one of them may have reached the bus', async () => {
    const failing = { status: 500, body: { __type: 'InternalException' } };
    const denied = { status: 400, body: { __type: 'AccessDeniedException', message: 'no' } };
    const repeats: number[] = [];
    server = await scriptedServer([failing, denied]);
    const client = new EventBridgeClient({ ...clientOf(server.endpoint), maxAttempts: 3 });
    const bus = eventBridgeBus({ client, busName: 'stripe-fanout-test', onRepeat: (tries) => repeats.push(tries) });

    await expect(bus.publish(entry, new AbortController().signal)).rejects.toThrow(PublishFailed);

    expect(repeats).toEqual([2]);
    client.destroy();
  });
});
