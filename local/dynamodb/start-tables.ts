import dynalite from 'dynalite';
import type { Resource } from '../assembly/template.ts';
import type { AwsService } from '../aws/aws-call.ts';
import { forwardTo } from '../aws/forward-to.ts';
import { close, listen } from '../listen.ts';
import { tableInput } from './table-input.ts';

export interface Tables {
  readonly service: AwsService;
  stop(): Promise<void>;
}

/** dynalite looks at no more of a signature than that it is there. */
const HEADERS = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': 'DynamoDB_20120810.CreateTable',
  'x-amz-date': '20260101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=runtime/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=none',
};

/** Starts dynalite in memory and creates the tables of the templates, ready at once. */
export async function startTables(resources: readonly Resource[]): Promise<Tables> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const port = await listen(server, 0);
  const forwarding = forwardTo(port);
  const stop = async () => {
    await forwarding.close();
    await close(server);
  };
  for (const resource of resources) {
    const body = JSON.stringify(tableInput(resource));
    const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers: HEADERS, body });
    if (answer.ok) continue;
    const reason = await answer.text();
    await stop();
    throw new Error(`Table ${resource.ref} cannot be created: ${reason}`);
  }
  return { service: forwarding.service, stop };
}
