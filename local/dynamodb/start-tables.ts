import type { Server } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import dynalite from 'dynalite';
import type { Resource } from '../assembly/template.ts';
import type { AwsService } from '../aws/aws-call.ts';
import { askDynalite } from './ask-dynalite.ts';
import { tableInput } from './table-input.ts';

/** dynalite looks at no more of a signature than that it is there. */
const HEADERS = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '20260101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=runtime/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=none',
};

/** Starts dynalite in memory, which listens nowhere, and creates the tables of the templates, ready at once. */
export async function startTables(resources: readonly Resource[]): Promise<AwsService> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  for (const resource of resources) {
    const { status, body } = await ask(server, 'CreateTable', tableInput(resource));
    if (status !== 200) throw new Error(`Table ${resource.ref} cannot be created: ${body}`);
    while (!(await isActive(server, resource.ref))) await nextTurn();
  }
  return (call) => askDynalite(server, call);
}

/** A table is created a moment after it was said to be. */
async function isActive(server: Server, TableName: string): Promise<boolean> {
  const { status, body } = await ask(server, 'DescribeTable', { TableName });
  if (status !== 200) throw new Error(`Table ${TableName} is not there after it was created: ${body}`);
  return JSON.parse(body.toString()).Table?.TableStatus === 'ACTIVE';
}

function ask(server: Server, operation: string, input: object) {
  const headers = { ...HEADERS, 'x-amz-target': `DynamoDB_20120810.${operation}` };
  const body = Buffer.from(JSON.stringify(input));
  return askDynalite(server, { method: 'POST', path: '/', rawHeaders: Object.entries(headers).flat(), body });
}
