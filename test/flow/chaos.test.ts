import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeAll, describe, it, type TestContext } from 'vitest';
import { chaosPlan, FEWEST_EVENTS } from '#local/chaos/chaos-plan.ts';
import { ChaosRun } from '#local/chaos/chaos-run.ts';
import { CHAOS_CONFIG, CHAOS_STAGE } from '#local/chaos/chaos-stage.ts';
import { ChaosWitness } from '#local/chaos/chaos-witness.ts';
import type { Runtime } from '#local/running-pipeline.ts';
import { startRuntime } from '#local/runtime.ts';
import { objectKey } from '#shared/projection/object-key.ts';
import { SECRET } from './start-pipeline.ts';
import { synthesizeStage } from './synthesize-stage.ts';

const common = { stage: CHAOS_STAGE, secret: SECRET, timeScale: 3_600, progress: () => undefined };

let assembly: string;
beforeAll(() => {
  assembly = synthesizeStage(CHAOS_CONFIG, CHAOS_STAGE);
});

type Until = Pick<TestContext, 'onTestFinished'>;

/** A pipeline that is watched, and a plan of what will be done to it. */
async function prepare(seed: number, { onTestFinished }: Until) {
  const witness = new ChaosWitness();
  const runtime = await startRuntime({
    assembly,
    port: 0,
    awsPort: 0,
    timeScale: common.timeScale,
    signingSecret: SECRET,
    requestWorkers: 4,
    // One for each: the plan takes domains at random, and each start of a function costs a tenth of a second.
    warmHandlers: 26,
    log: witness.sink,
  });
  onTestFinished(() => runtime.stop());
  witness.watch(runtime.observations);
  return {
    runtime,
    witness,
    plan: chaosPlan({ events: FEWEST_EVENTS, seed, now: Math.floor(Date.now() / 1000) }),
  };
}

/** Clients of somebody who may do anything; on the bus, where only our own roles may speak, of the ingress. */
function clientsOf(runtime: Runtime, { onTestFinished }: Until) {
  const clientAs = (accessKeyId: string) => ({
    endpoint: runtime.awsUrl,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey: 'local' },
    maxAttempts: 10,
  });
  const clients = {
    dynamoDb: new DynamoDBClient(clientAs('saboteur')),
    sqs: new SQSClient(clientAs('saboteur')),
    bus: new EventBridgeClient(clientAs(runtime.accessKeyOf('stripe-fanout-chaos-ingress'))),
  };
  onTestFinished(() => Object.values(clients).forEach((client) => void client.destroy()));
  return clients;
}

// Side by side: half of a run is waiting for the leases of functions that were killed.
describe.concurrent('npm run chaos', () => {
  it('loses nothing and ends with each object in its right last state', async ({ expect, onTestFinished }) => {
    const prepared = await prepare(6, { onTestFinished });

    const run = new ChaosRun({ ...common, ...prepared });

    await run.rage();
    const { result, broken } = await run.judge();

    expect(broken).toEqual([]);
    expect(result).toMatchObject({ events: FEWEST_EVENTS, lost: 0, objects: { wrong: 0 } });
    const { struck } = result.trouble;
    expect(struck).toMatchObject({ restart: 1, 'roll the secret': 1, 'expire the old secret': 1 });
    for (const victim of ['ingress', 'partner ingress', 'handler'])
      expect(Object.keys(struck)).toContainEqual(expect.stringMatching(`^${victim} killed`));
    expect(result.trouble.killedInvocations).toBeGreaterThan(0);
    expect(result.deadLetters.redriven).toBeGreaterThan(0);
  }, 400_000);

  it('finds a message that vanishes, an event that the bus takes twice, an older state, and a ledger that forgets', async ({
    expect,
    onTestFinished,
  }) => {
    const prepared = await prepare(7, { onTestFinished });
    const { runtime, plan } = prepared;
    const { dynamoDb, sqs, bus } = clientsOf(runtime, { onTestFinished });
    const run = new ChaosRun({ ...common, ...prepared });
    const { LedgerTableName, ObjectsTableName, QueueUrlCore, BusName } = runtime.outputs;
    const undisturbed = plan.histories.find(({ events, last }) => events.length > 1 && last.is === 'shown')?.events;
    const key = undisturbed?.[0] && objectKey(undisturbed[0]);

    const twice = new Set<string>();
    runtime.observations.on('published', ({ source, detailType, detail }) => {
      if (!source.startsWith('stripe') || twice.size >= 5 || twice.has(detail)) return;
      twice.add(detail);
      const Entries = [{ EventBusName: BusName, Source: source, DetailType: detailType, Detail: detail }];
      void bus.send(new PutEventsCommand({ Entries }));
    });
    const stolen: unknown[] = [];
    runtime.observations.on('delivered', async ({ queue }) => {
      if (queue !== 'stripe-fanout-chaos-core' || stolen.length >= 3) return;
      stolen.push(queue);
      runtime.setPolling('stripe-fanout-chaos-handler-core', false);
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: QueueUrlCore }));
      for (const { ReceiptHandle } of Messages)
        await sqs.send(new DeleteMessageCommand({ QueueUrl: QueueUrlCore, ReceiptHandle }));
      runtime.setPolling('stripe-fanout-chaos-handler-core', true);
    });
    await run.rage();
    const Key = { object: { S: key?.object ?? '' }, scope: { S: key?.scope ?? '' } };
    const older = JSON.stringify(undisturbed?.[0]?.data.object);
    await dynamoDb.send(new PutItemCommand({ TableName: ObjectsTableName, Item: { ...Key, data: { S: older } } }));
    const forgotten = { event: { S: undisturbed?.[0]?.id ?? '' }, stage: { S: 'publish' } };
    await dynamoDb.send(new DeleteItemCommand({ TableName: LedgerTableName, Key: forgotten }));
    const { result, broken } = await run.judge();

    expect(result.lost).toBeGreaterThan(0);
    expect(broken).toEqual(
      expect.arrayContaining([
        expect.stringContaining('not handled by the function of their domain'),
        expect.stringContaining('published more often than outcomes were unknown'),
        expect.stringContaining('published again, and not counted'),
        expect.stringContaining(`${JSON.stringify([key?.object, key?.scope])}: another state than the last is kept`),
        expect.stringContaining(`without a "done" in the ledger, for no known reason: ${undisturbed?.[0]?.id}`),
      ]),
    );
  }, 400_000);
});
