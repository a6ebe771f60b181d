import { InvokeCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Runtime } from '#local/running-pipeline.ts';
import { clientsOf, startFixture } from '../start-fixture.ts';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await startFixture();
  // It takes records: without any it fails.
  await clientsOf(runtime).lambda.send(new InvokeCommand({ FunctionName: 'worker', Payload: '{}' }));
});
afterAll(() => runtime.stop());

interface Answer {
  readonly events: readonly { readonly eventId: string; readonly timestamp: number; readonly message: string }[];
  readonly nextToken?: string;
  readonly __type?: string;
}

/** Asks as the aws CLI does; its JavaScript client is no dependency of this project. */
async function filter(input: object) {
  const response = await fetch(runtime.awsUrl, {
    method: 'POST',
    headers: {
      authorization: 'AWS4-HMAC-SHA256 Credential=me/20261124/us-east-1/logs/aws4_request, Signature=none',
      'x-amz-target': 'Logs_20140328.FilterLogEvents',
      'content-type': 'application/x-amz-json-1.1',
    },
    body: JSON.stringify(input),
  });
  const answer: Answer = JSON.parse(await response.text());
  return { status: response.status, answer };
}

describe('CloudWatch Logs', () => {
  it("gives Lambda's line about an invocation that failed, to who looks for it", async () => {
    const filterPattern = '{ $.record.status = "error" || $.record.status = "timeout" }';

    const { status, answer } = await filter({ logGroupName: '/aws/lambda/worker', filterPattern });

    expect(status).toBe(200);
    expect(answer.events).toHaveLength(1);
    expect(JSON.parse(answer.events[0]?.message ?? '')).toMatchObject({
      type: 'platform.report',
      record: { status: 'error', errorType: 'TypeError' },
    });
    expect(Math.abs(Number(answer.events[0]?.timestamp) - Date.now())).toBeLessThan(60_000);
  });

  it('gives no line from before the start, nor of another function', async () => {
    const later = await filter({ logGroupName: '/aws/lambda/worker', startTime: Date.now() + 1_000 });
    const other = await filter({ logGroupName: '/aws/lambda/api' });

    expect([later.answer.events, other.answer.events]).toEqual([[], []]);
  });

  it.each([
    [{ logGroupName: '/aws/lambda/nobody' }, 'ResourceNotFoundException'],
    [{ logGroupName: '/aws/lambda/worker', filterPattern: '{ $.a IN [1] }' }, 'InvalidParameterException'],
    [{}, 'InvalidParameterException'],
  ])('refuses %j', async (input, code) => {
    const { status, answer } = await filter(input);

    expect([status, answer.__type]).toEqual([400, code]);
  });

  it('goes on after a page', async () => {
    for (let i = 0; i < 3; i += 1) {
      await clientsOf(runtime).lambda.send(new InvokeCommand({ FunctionName: 'worker', Payload: '{}' }));
    }
    const group = { logGroupName: '/aws/lambda/worker', limit: 1 };

    const first = await filter(group);
    const second = await filter({ ...group, nextToken: first.answer.nextToken });

    const ids = [first, second].map(({ answer }) => answer.events.map(({ eventId }) => eventId));
    expect(ids).toEqual([[expect.any(String)], [expect.any(String)]]);
    expect(String(ids[1]) > String(ids[0])).toBe(true);
  });
});
