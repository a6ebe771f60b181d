import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** What each operation answers, given its input; `undefined` is an error, an `Error` that of its name. Lambda's are named as their clients name them. */
export type Answers = Readonly<Record<string, (input: Readonly<Record<string, unknown>>) => unknown>>;

export interface FakeAws {
  readonly endpoint: string;
  /** Operations that were called, in order, with their inputs. */
  readonly calls: readonly { readonly operation: string; readonly input: Readonly<Record<string, unknown>> }[];
}

const LAMBDA: Readonly<Record<string, string>> = {
  'event-source-mappings': 'ListEventSourceMappings',
  'account-settings': 'GetAccountSettings',
};

/** AWS as a server that gives these answers, and ends with the test. */
export async function fakeAws(answers: Answers): Promise<FakeAws> {
  const calls: { operation: string; input: Record<string, unknown> }[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    // CloudFormation alone speaks forms and XML.
    const form = new URLSearchParams(body.startsWith('{') ? '' : body);
    const target = String(request.headers['x-amz-target'] ?? '').split('.')[1];
    const operation = target ?? form.get('Action') ?? LAMBDA[request.url?.split('/')[2] ?? ''] ?? '';
    const input = form.has('Action') ? Object.fromEntries(form) : body === '' ? {} : JSON.parse(body);
    calls.push({ operation, input });
    const answer = answers[operation]?.(input);
    const isText = typeof answer === 'string';
    const refused = answer instanceof Error ? answer.name : answer === undefined ? 'AccessDeniedException' : undefined;
    response.writeHead(refused === undefined ? 200 : 400, {
      'content-type': isText ? 'text/xml' : 'application/x-amz-json-1.1',
    });
    response.end(
      isText
        ? answer
        : JSON.stringify(refused === undefined ? answer : { __type: refused, message: `no ${operation}` }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls };
}

/** CloudFormation's answer about a stack with these outputs. */
export function describedStack(outputs: Readonly<Record<string, string>>): string {
  const members = Object.entries(outputs).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>s</StackName><CreationTime>2026-11-24T00:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
}
