import { expect, it } from 'vitest';
import { startTables } from '#local/dynamodb/start-tables.ts';
import { ADMINISTRATOR } from '#local/iam/principal.ts';
import { JsonReader } from '#local/json-reader.ts';

const table = (TableName: string) => ({
  stack: 'Stack',
  account: '000000000000',
  logicalId: 'Table',
  type: 'AWS::DynamoDB::Table',
  ref: TableName,
  attributes: {},
  properties: new JsonReader(
    {
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    },
    (message) => new Error(message),
  ),
});

const SIGNATURE =
  'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=b';

it('tables are ready when they are there, and answer calls under way at once each for itself', async () => {
  const tables = await startTables([table('items')]);
  const call = async (operation: string, input: object) => {
    const rawHeaders = ['X-Amz-Target', `DynamoDB_20120810.${operation}`, 'X-AMZ-DATE', '20260101T000000Z'];
    const answer = await tables({
      ...{ service: 'dynamodb', operation, method: 'POST', path: '/', principal: ADMINISTRATOR, origin: '' },
      rawHeaders: [...rawHeaders, 'Content-Type', 'application/x-amz-json-1.0', 'Authorization', SIGNATURE],
      body: Buffer.from(JSON.stringify({ TableName: 'items', ...input })),
      signal: new AbortController().signal,
    });
    return { status: answer.status, ...JSON.parse(answer.body.toString()) };
  };

  const ids = Array.from({ length: 20 }, (_, i) => ({ S: `${i}` }));
  await Promise.all(ids.map((id) => call('PutItem', { Item: { id, text: { S: `grün ${id.S}` } } })));
  const found = await Promise.all(ids.map((id) => call('GetItem', { Key: { id } })));

  expect(found.map(({ Item }) => Item.text.S)).toEqual(ids.map(({ S }) => `grün ${S}`));
  expect(await call('PutItem', { Item: {} })).toMatchObject({ status: 400, message: expect.stringContaining('key') });
});

it('a table that cannot be created is named, with the reason', async () => {
  await expect(startTables([table('!')])).rejects.toThrow(/^Table ! cannot be created: .*ValidationException/);
});
