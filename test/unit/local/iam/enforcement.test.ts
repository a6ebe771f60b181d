import { BatchWriteItemCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand, StartReplayCommand } from '@aws-sdk/client-eventbridge';
import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import { GetBucketPolicyCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { RuntimeEvents } from '#local/observe/observations.ts';
import type { Runtime } from '#local/running-pipeline.ts';
import { clientsOf, next, startFixture } from '../start-fixture.ts';

const BUCKET = 'files-000000000000-us-east-1';
const READER = 'arn:aws:iam::000000000000:role/reader';
const BUS = 'arn:aws:events:us-east-1:000000000000:event-bus/colours';

let runtime: Runtime;
const lines: string[] = [];
beforeAll(async () => {
  runtime = await startFixture({ log: (name, line) => void (name === 'permissions' && lines.push(line)) });
});
afterAll(() => runtime.stop());

/** As if the templates lacked a statement, until the test ends. */
const without = (statement: string) => onTestFinished(runtime.access.withdraw(statement));
const as = (holder: string) => clientsOf(runtime, runtime.accessKeyOf(holder));
const queue = (name: string) => `${runtime.awsUrl}/000000000000/${name}`;
const publish = (source: string, DetailType = 'red') =>
  new PutEventsCommand({ Entries: [{ EventBusName: 'colours', Source: source, DetailType, Detail: '{}' }] });
const post = (body: object) => fetch(`${runtime.url}/do`, { method: 'POST', body: JSON.stringify(body) });

describe('a function that is not allowed something', () => {
  it.each<[string, (clients: ReturnType<typeof clientsOf>) => Promise<unknown>, string, number]>([
    [
      'DynamoDB',
      ({ dynamodb }) => dynamodb.send(new GetItemCommand({ TableName: 'items', Key: { id: { S: '1' } } })),
      'AccessDeniedException',
      400,
    ],
    [
      'SQS',
      ({ sqs }) => sqs.send(new SendMessageCommand({ QueueUrl: queue('work-dlq'), MessageBody: 'x' })),
      'AccessDenied',
      403,
    ],
    ['S3', ({ s3 }) => s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'k', Body: 'x' })), 'AccessDenied', 403],
    ['EventBridge', ({ events }) => events.send(publish('paint')), 'AccessDeniedException', 400],
    [
      'Secrets Manager',
      ({ secrets }) => secrets.send(new GetSecretValueCommand({ SecretId: 'app/signing' })),
      'AccessDeniedException',
      400,
    ],
    ['Lambda', ({ lambda }) => lambda.send(new GetAccountSettingsCommand({})), 'AccessDeniedException', 403],
  ])('is refused by %s in its own way', async (_service, call, name, httpStatusCode) => {
    const refused = call(as('worker'));

    await expect(refused).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode },
      message: expect.stringMatching(
        /^User: arn:aws:sts::000000000000:assumed-role\/worker\/worker is not authorized to perform: \w+:\w+ on resource: \S+ because no identity-based policy allows the \w+:\w+ action$/,
      ),
    });
  });

  it('is named in the observations and once in the log, with the action and the resource', async () => {
    const observed: RuntimeEvents['denied'][0][] = [];
    runtime.observations.on('denied', (denial) => observed.push(denial));
    const read = () => as('worker').s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'secret.txt' }));

    for (let i = 0; i < 3; i += 1) await expect(read()).rejects.toThrow('not authorized');

    const denial = { action: 's3:GetObject', resource: `arn:aws:s3:::${BUCKET}/secret.txt` };
    expect(observed).toHaveLength(3);
    expect(observed[0]).toMatchObject({ ...denial, principal: expect.stringContaining('role/worker/worker') });
    const logged = lines.filter((line) => line.includes('secret.txt'));
    expect(logged).toHaveLength(1);
    expect(JSON.parse(logged[0] ?? '')).toMatchObject({ level: 'ERROR', message: 'access denied', ...denial });
  });

  it('does with its own key in its own thread what its role allows', async () => {
    const answer = await post({ action: 'publish', entry: { Source: 'own', DetailType: 'x', Detail: '{}' } });
    const elsewhere = { EventBusName: 'default', Source: 'own', DetailType: 'x', Detail: '{}' };
    const refused = await post({ action: 'publish', entry: elsewhere });

    expect([answer.status, refused.status]).toEqual([202, 500]);
  });

  it('gets nothing from a batch of which it may have a part', async () => {
    const write = new BatchWriteItemCommand({
      RequestItems: { items: [{ PutRequest: { Item: { id: { S: 'b' } } } }] },
    });

    await expect(as('worker').dynamodb.send(write)).rejects.toThrow('dynamodb:BatchWriteItem on resource');
  });

  it('cannot work with a role that Lambda may not assume', async () => {
    without('App/Role/trust#0');

    await expect(as('api').events.send(publish('own'))).rejects.toThrow('events:PutEvents');
  });
});

describe('S3', () => {
  it('tells that an object is missing only to those who may list the bucket', async () => {
    const missing = { Bucket: BUCKET, Key: 'nowhere' };
    const administrator = clientsOf(runtime).s3;

    await expect(administrator.send(new GetObjectCommand(missing))).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(as(READER).s3.send(new GetObjectCommand(missing))).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(as(READER).s3.send(new HeadObjectCommand(missing))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
  });
});

describe('EventBridge', () => {
  const send = async (source: string) => {
    const undelivered = next(runtime, 'undelivered');
    await clientsOf(runtime).events.send(publish(source));
    return await undelivered;
  };

  it("puts into the DLQ what the queue's policy does not let in, and says why", async () => {
    without('Data/UntendedDeliveries#AllowRules');

    const [{ rule, errorCode, dlq }] = await send('paint');

    expect({ rule, errorCode, dlq }).toEqual({ rule: 'paint', errorCode: 'NO_PERMISSIONS', dlq: 'work-dlq' });
  });

  it("loses what the DLQ's policy does not let in either", async () => {
    without('Data/UntendedDeliveries#AllowRules');
    without('Data/DlqDeliveries#AllowRules');

    const [{ dlq }] = await send('paint');

    expect(dlq).toBeUndefined();
  });

  it('replays without being allowed to, but not what the bus policy forbids', async () => {
    const EventSourceArn = 'arn:aws:events:us-east-1:000000000000:archive/colours';
    const window = { EventStartTime: new Date(Date.now() - 60_000), EventEndTime: new Date(Date.now() + 60_000) };
    const replayed = async (ReplayName: string) => {
      const before = runtime.ruleMatches('paint');
      const start = new StartReplayCommand({ ReplayName, EventSourceArn, Destination: { Arn: BUS }, ...window });
      await clientsOf(runtime).events.send(start);
      await runtime.settled();
      return runtime.ruleMatches('paint') - before;
    };
    await clientsOf(runtime).events.send(publish('paint', 'red.sealed'));
    await runtime.settled();

    const allowed = await replayed('sealed');
    without('Data/SealPolicy#Seal');
    const all = await replayed('open');

    expect(all - allowed).toBe(1);
  });
});

describe('the bus policy', () => {
  it('forbids even the administrator to publish under a source that it protects', async () => {
    const forged = clientsOf(runtime).events.send(publish('crown.jewels'));

    await expect(forged).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('with an explicit deny in a resource-based policy'),
    });
    await expect(as('api').events.send(publish('crown.jewels'))).resolves.toMatchObject({ FailedEntryCount: 0 });
  });
});

describe('Lambda', () => {
  it('does not drain a queue that the function may not read', async () => {
    const give = runtime.access.withdraw('App/WorkerPolicy#Drain');
    const denied = next(runtime, 'denied', ({ action }) => action === 'sqs:ReceiveMessage');

    await clientsOf(runtime).sqs.send(
      new SendMessageCommand({ QueueUrl: queue('work'), MessageBody: '{"verdict":"fine"}' }),
    );
    const [{ principal, resource }] = await denied;

    expect(principal).toContain('role/worker/worker');
    expect(resource).toBe('arn:aws:sqs:us-east-1:000000000000:work');
    expect(runtime.queueDepths().work).toMatchObject({ visible: 1 });
    give();
    await runtime.settled();
    expect(runtime.queueDepths().work).toMatchObject({ visible: 0 });
  });

  it('is not invoked by an API that has no permission to', async () => {
    without('App/Invocation#permission');

    const answer = await post({ action: 'answer', answer: 'hello' });

    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({ message: 'Internal Server Error' });
  });
});

describe('an administrator', () => {
  it('may do what no policy mentions', async () => {
    const { sqs } = clientsOf(runtime);

    await expect(sqs.send(new ReceiveMessageCommand({ QueueUrl: queue('work-dlq') }))).resolves.toBeDefined();
  });

  it('may not call what nobody has said the requirements of', async () => {
    const policy = new GetBucketPolicyCommand({ Bucket: BUCKET });

    await expect(clientsOf(runtime).s3.send(policy)).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining('local/iam/requirements/s3.ts'),
    });
  });
});
