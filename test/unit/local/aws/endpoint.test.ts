import { GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Runtime } from '#local/running-pipeline.ts';
import { clientsOf, startFixture } from '../start-fixture.ts';

let runtime: Runtime;
let clients: ReturnType<typeof clientsOf>;

beforeAll(async () => {
  runtime = await startFixture();
  clients = clientsOf(runtime);
});
afterAll(() => runtime.stop());

describe('the AWS endpoint', () => {
  it("serves the template's table with its index", async () => {
    const Item = { id: { S: '1' }, colour: { S: 'grün 🧾' } };
    await clients.dynamodb.send(new PutItemCommand({ TableName: 'items', Item }));

    const got = await clients.dynamodb.send(new GetItemCommand({ TableName: 'items', Key: { id: Item.id } }));
    const found = await clients.dynamodb.send(
      new QueryCommand({
        TableName: 'items',
        IndexName: 'by-colour',
        KeyConditionExpression: 'colour = :colour',
        ExpressionAttributeValues: { ':colour': Item.colour },
      }),
    );

    expect(got.Item).toEqual(Item);
    expect(found.Items).toEqual([Item]);
  });

  it('lets exactly one of 50 conditional writes win', async () => {
    const put = (owner: number) =>
      clients.dynamodb.send(
        new PutItemCommand({
          TableName: 'items',
          Item: { id: { S: 'contested' }, owner: { N: `${owner}` } },
          ConditionExpression: 'attribute_not_exists(id)',
        }),
      );

    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, (_, i) => put(i)));

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it("serves the template's bucket", async () => {
    const Bucket = 'files-000000000000-us-east-1';
    const Body = 'x'.repeat(2_000_000);
    await clients.s3.send(
      new PutObjectCommand({ Bucket, Key: 'events/evt_1.json', Body, ContentType: 'application/json' }),
    );

    const got = await clients.s3.send(new GetObjectCommand({ Bucket, Key: 'events/evt_1.json' }));
    const head = await clients.s3.send(new HeadObjectCommand({ Bucket, Key: 'events/evt_1.json' }));
    const list = await clients.s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'events/' }));

    expect(await got.Body?.transformToString()).toBe(Body);
    expect(head).toMatchObject({ ContentLength: Body.length, ContentType: 'application/json' });
    expect(list.Contents?.map(({ Key }) => Key)).toEqual(['events/evt_1.json']);
    const missing = clients.s3.send(new GetObjectCommand({ Bucket, Key: 'nowhere' }));
    await expect(missing).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it.each([
    ['that is not signed', {}, 'not signed'],
    [
      'for a service that is not emulated',
      { authorization: 'AWS4-HMAC-SHA256 Credential=k/20260101/us-east-1/ec2/aws4_request' },
      'The service ec2 is not emulated',
    ],
  ])('refuses a request %s, naming what it speaks', async (_what, headers, message) => {
    const response = await fetch(runtime.awsUrl, { method: 'POST', headers, body: '{}' });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ message: expect.stringContaining(message) });
  });

  it('names its operations when it lacks one', async () => {
    const headers = {
      authorization: 'AWS4-HMAC-SHA256 Credential=k/20260101/us-east-1/events/aws4_request',
      'x-amz-target': 'AWSEvents.CreateConnection',
    };

    const response = await fetch(runtime.awsUrl, { method: 'POST', headers, body: '{}' });

    expect(response.status).toBe(400);
    const message = expect.stringContaining('has no CreateConnection; it has CancelReplay');
    expect(await response.json()).toMatchObject({ message });
  });

  it.each(['not json', '[]', '{"QueueUrl":7}'])('refuses the body %s without falling over', async (body) => {
    const headers = {
      authorization: 'AWS4-HMAC-SHA256 Credential=k/20260101/us-east-1/sqs/aws4_request',
      'x-amz-target': 'AmazonSQS.SendMessage',
    };

    const response = await fetch(runtime.awsUrl, { method: 'POST', headers, body });

    expect(response.status).toBe(400);
  });
});
