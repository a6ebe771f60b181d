import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { GetQueueAttributesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Runtime } from '#local/running-pipeline.ts';
import { clientsOf, next, startFixture } from '../start-fixture.ts';

let runtime: Runtime;
let clients: ReturnType<typeof clientsOf>;

beforeAll(async () => {
  runtime = await startFixture();
  clients = clientsOf(runtime);
});
afterAll(() => runtime.stop());
beforeEach(() => runtime.faults.clear());

const putItem = (id: string) =>
  clients.dynamodb.send(new PutItemCommand({ TableName: 'items', Item: { id: { S: id }, colour: { S: 'red' } } }));
const ids = async () => {
  const { Items = [] } = await clients.dynamodb.send(new ScanCommand({ TableName: 'items' }));
  return Items.map(({ id }) => id?.S);
};
const Bucket = 'files-000000000000-us-east-1';

const requests = {
  dynamodb: { operation: 'PutItem', send: () => putItem('x') },
  events: {
    operation: 'PutEvents',
    send: () =>
      clients.events.send(new PutEventsCommand({ Entries: [{ Source: 's', DetailType: 't', Detail: '{}' }] })),
  },
  s3: { operation: 'PutObject', send: () => clients.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'b' })) },
  secretsmanager: {
    operation: 'GetSecretValue',
    send: () => clients.secrets.send(new GetSecretValueCommand({ SecretId: 'app/signing' })),
  },
  sqs: {
    operation: 'SendMessage',
    send: () =>
      clients.sqs.send(new SendMessageCommand({ QueueUrl: `${runtime.awsUrl}/0/untended`, MessageBody: 'b' })),
  },
} as const;
const services = Object.keys(requests) as (keyof typeof requests)[];

describe('a fault', () => {
  it.each(services)('answers with its error once, for %s', async (service) => {
    const { operation, send } = requests[service];
    runtime.faults.add({ service, operation, error: 'ServiceUnavailable' });

    const broken = send();
    await expect(broken).rejects.toMatchObject({ name: 'ServiceUnavailable', $metadata: { httpStatusCode: 503 } });

    await expect(send()).resolves.toMatchObject({ $metadata: { httpStatusCode: 200 } });
  });

  it.each(services)('can do the work and lose the answer, for %s', async (service) => {
    const { operation, send } = requests[service];
    runtime.faults.add({ service, operation: '*', error: 'drop-answer' });

    await expect(send()).rejects.toMatchObject({ code: expect.stringMatching(/ECONNRESET|EPIPE/) });

    expect(runtime.faults.list()).toEqual([]);
    expect(operation).toBeTruthy();
  });

  it('has done the work when the answer is lost', async () => {
    runtime.faults.add({ service: 'dynamodb', operation: 'PutItem', error: 'drop-answer' });
    runtime.faults.add({ service: 's3', operation: 'PutObject', error: 'drop-answer' });

    await putItem('lost answer').catch(() => undefined);
    await clients.s3.send(new PutObjectCommand({ Bucket, Key: 'lost', Body: 'answer' })).catch(() => undefined);

    expect(await ids()).toContain('lost answer');
    const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket, Key: 'lost' }));
    expect(await Body?.transformToString()).toBe('answer');
  });

  it('can hang, with nothing done', async () => {
    runtime.faults.add({ service: 'dynamodb', operation: 'PutItem', error: 'hang' });
    const command = new PutItemCommand({ TableName: 'items', Item: { id: { S: 'hung' } } });

    const hanging = clients.dynamodb.send(command, { abortSignal: AbortSignal.timeout(100) });

    await expect(hanging).rejects.toMatchObject({ name: 'AbortError' });
    expect(await ids()).not.toContain('hung');
  });

  it('meets only the requests that contain its text, as often as it says', async () => {
    runtime.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: 'poor',
      times: 2,
      error: 'InternalServerError',
    });

    const outcomes = [];
    for (const id of ['rich', 'poor', 'poor', 'poor'])
      outcomes.push(
        await putItem(id).then(
          () => 'done',
          (e) => e.name,
        ),
      );

    expect(outcomes).toEqual(['done', 'InternalServerError', 'InternalServerError', 'done']);
  });

  it('lets as many requests pass first as it says', async () => {
    runtime.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: 'late',
      skip: 2,
      error: 'InternalServerError',
    });

    const outcomes = [];
    for (const id of ['late', 'early', 'late', 'late', 'late'])
      outcomes.push(
        await putItem(id).then(
          () => 'done',
          (e) => e.name,
        ),
      );

    expect(outcomes).toEqual(['done', 'done', 'done', 'InternalServerError', 'done']);
  });

  it('tells whoever put it there, while the caller still waits', async () => {
    const order: string[] = [];
    runtime.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      error: 'InternalServerError',
      onMet: () => order.push('met'),
    });

    await putItem('told').catch(() => order.push('answered'));

    expect(order).toEqual(['met', 'answered']);
  });

  it('spares what is excepted', async () => {
    runtime.faults.add({ service: 'dynamodb', operation: 'PutItem', except: 'spared', error: 'InternalServerError' });

    await expect(putItem('spared')).resolves.toBeDefined();
    await expect(putItem('other')).rejects.toThrow('Injected fault');
  });

  it('tells which function it met, and names nobody else', async () => {
    const callers: (string | undefined)[] = [];
    const onMet = (caller: string | undefined) => callers.push(caller);
    const worker = clientsOf(runtime, runtime.accessKeyOf('worker'));
    const QueueUrl = `${runtime.awsUrl}/0/work`;

    for (const { sqs } of [clients, worker]) {
      runtime.faults.add({ service: 'sqs', operation: 'GetQueueAttributes', error: 'ServiceUnavailable', onMet });
      await expect(sqs.send(new GetQueueAttributesCommand({ QueueUrl }))).rejects.toThrow('Injected fault');
    }

    expect(callers).toEqual([undefined, 'worker']);
  });

  it('breaks only the calls of the functions that it names, and skips none of anybody else', async () => {
    const worker = clientsOf(runtime, runtime.accessKeyOf('worker'));
    const ask = ({ sqs }: typeof worker) =>
      sqs.send(new GetQueueAttributesCommand({ QueueUrl: `${runtime.awsUrl}/0/work` }));
    const callers = ['worker'];
    runtime.faults.add({ service: 'sqs', operation: 'GetQueueAttributes', error: 'AccessDenied', callers, skip: 1 });

    for (const times of [1, 2]) await expect(ask(clients), `${times}`).resolves.toBeDefined();
    await expect(ask(worker)).resolves.toBeDefined();
    await expect(ask(worker)).rejects.toThrow('Injected fault');
  });

  it.each(['InternalServerError', 'drop-answer'])('shows in the observations of the next try: %s', async (error) => {
    runtime.faults.add({ service: 'dynamodb', operation: 'PutItem', error });
    const repeated = next(runtime, 'call-repeated');
    const credentials = { accessKeyId: 'me', secretAccessKey: 'local' };
    const patient = new DynamoDBClient({ endpoint: runtime.awsUrl, region: 'us-east-1', credentials });

    await patient.send(new PutItemCommand({ TableName: 'items', Item: { id: { S: 'again' } } }));

    const [{ operation, body, fault }] = await repeated;
    expect(operation).toBe('PutItem');
    expect(fault).toBe(error);
    expect(body.toString()).toContain('again');
    patient.destroy();
  });

  it('matches the key of an object too', async () => {
    runtime.faults.add({
      service: 's3',
      operation: 'PutObject',
      match: '/events/a',
      times: 'always',
      error: 'SlowDown',
    });
    const put = (Key: string) => clients.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'b' }));

    await expect(put('events/a')).rejects.toMatchObject({ name: 'SlowDown' });
    await expect(put('events/b')).resolves.toBeDefined();
  });

  it('lasts until it is removed when it says always', async () => {
    const id = runtime.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      times: 'always',
      error: 'ThrottlingException',
    });
    await expect(putItem('a')).rejects.toMatchObject({ name: 'ThrottlingException' });
    await expect(putItem('a')).rejects.toMatchObject({ name: 'ThrottlingException' });

    runtime.faults.remove(id);

    await expect(putItem('a')).resolves.toBeDefined();
  });
});

describe('POST /_local/faults', () => {
  const call = (method: string, body?: object, query = '') =>
    fetch(`${runtime.awsUrl}/_local/faults${query}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });

  it('lets another process add, list and remove faults', async () => {
    const fault = { service: 'dynamodb', operation: 'PutItem', times: 'always', error: 'ThrottlingException' };

    const added = await call('POST', fault);
    const { id } = JSON.parse(await added.text());
    const listed = await (await call('GET')).json();
    await expect(putItem('a')).rejects.toMatchObject({ name: 'ThrottlingException' });
    const removed = await (await call('DELETE', undefined, `?id=${id}`)).json();

    expect(added.status).toBe(201);
    expect(listed).toEqual([{ id, fault, left: null }]);
    expect(removed).toEqual({ removed: true });
    await expect(putItem('a')).resolves.toBeDefined();
  });

  it('removes all at once', async () => {
    runtime.faults.add({ service: 'sqs', operation: '*', error: 'hang' });

    await call('DELETE');

    expect(runtime.faults.list()).toEqual([]);
  });

  it.each([
    [{ service: 'ec2', operation: 'x', error: 'y' }, 'service must be one of'],
    [{ service: 'sqs', error: 'y' }, 'operation is missing.'],
    [{ service: 'sqs', operation: 'x' }, 'error is missing.'],
    [{ service: 'sqs', operation: 'x', error: 'y', times: 0 }, 'times is 0'],
    [{ service: 'sqs', operation: 'x', error: 'y', skip: -1 }, 'skip is -1'],
  ])('says what is wrong with %j', async (body, message) => {
    const response = await call('POST', body);

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ message: expect.stringContaining(message) });
  });
});
