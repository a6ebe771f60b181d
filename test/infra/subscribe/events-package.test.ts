import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { packed, projectWith } from '../../packed-package.ts';

let folder: string;
beforeAll(() => {
  folder = packed();
});

const handler = `
  import { dynamoOf } from './clients.ts';
  import { idempotent, InProgressElsewhere, parseStripeEvent, settleRecords, tableLedger } from 'stripe-fanout/events';
  import { memoryLedger, sampleStripeEvent, sqsBatch } from 'stripe-fanout/testing';

  const EVENTS = ['invoice.payment_failed', 'customer.subscription.*'] as const;
  export const mailed: string[] = [];

  export const handlerWith = (ledger: ReturnType<typeof tableLedger>) => {
    const once = idempotent({ name: 'dunning', ledger });
    return (batch: ReturnType<typeof sqsBatch>, context: { getRemainingTimeInMillis(): number }) =>
      settleRecords(batch, async (record) => {
        const event = await parseStripeEvent(record, { types: EVENTS });
        await once(event, context, async ({ idempotencyKey }) => {
          if (event.type === 'invoice.payment_failed') mailed.push(idempotencyKey + ' ' + event.data.object.attempt_count);
        });
      });
  };
  export const production = () => handlerWith(tableLedger({ table: 'dunning', client: dynamoOf() }));

  const failed = sampleStripeEvent('invoice.payment_failed', { object: { attempt_count: 3 } });
  const handler = handlerWith(memoryLedger());
  const answers = [];
  for (let i = 0; i < 2; i += 1) answers.push(await handler(sqsBatch(failed), { getRemainingTimeInMillis: () => 30_000 }));
  console.log(JSON.stringify({ mailed, answers, error: InProgressElsewhere.name }));`;
const clients = `
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
  export const dynamoOf = () => new DynamoDBClient({});`;
const wrong = `
  import { parseStripeEvent } from 'stripe-fanout/events';
  export async function wrong() {
    const event = await parseStripeEvent('{}', { types: ['payout.paid'] });
    // @ts-expect-error A payout has no such field.
    event.data.object.amount_paid;
    // @ts-expect-error There is no such type.
    await parseStripeEvent('{}', { types: ['payout.payed'] });
  }`;
/** The first example of the guide, as it stands there. */
const [, guide = ''] = /```ts\n([\s\S]*?)```/.exec(readFileSync('docs/guides/consume-events.md', 'utf8')) ?? [];
/** What the guide's example leaves to its reader. */
const readers = `
  import type Stripe from 'stripe';
  declare global {
    function remind(invoice: Stripe.Invoice, how: { idempotencyKey: string; signal: AbortSignal }): Promise<void>;
  }`;
/** As DefinitelyTyped has them. */
const lambdaTypes = `
  declare module 'aws-lambda' {
    interface SQSRecordAttributes {
      ApproximateReceiveCount: string;
      SentTimestamp: string;
      SenderId: string;
      ApproximateFirstReceiveTimestamp: string;
      MessageGroupId?: string | undefined;
    }
    interface SQSRecord {
      messageId: string;
      receiptHandle: string;
      body: string;
      attributes: SQSRecordAttributes;
      messageAttributes: Record<string, { stringValue?: string | undefined; dataType: string }>;
      md5OfBody: string;
      eventSource: string;
      eventSourceARN: string;
      awsRegion: string;
    }
    export interface SQSEvent { Records: SQSRecord[] }
    export interface Context { getRemainingTimeInMillis(): number }
  }`;
const config = JSON.stringify({
  compilerOptions: {
    target: 'es2024',
    module: 'nodenext',
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    skipLibCheck: false,
    types: ['node'],
  },
  include: ['*.ts'],
});
const linked = ['stripe', '@types/node', 'undici-types', '@aws-sdk', '@smithy'];

function typecheck(project: string): string {
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
  try {
    return execFileSync(process.execPath, [compiler, '--project', project], { encoding: 'utf8' });
  } catch (failed) {
    return failed instanceof Error && 'stdout' in failed ? String(failed.stdout) : String(failed);
  }
}

describe("a consumer's handler on the installed package, without the CDK", () => {
  it('compiles, as the guide has it too, and does not with a wrong field or type; its unit test runs with the test kit', () => {
    const fromGuide = { 'guide.ts': guide, 'readers.ts': readers, 'aws-lambda.d.ts': lambdaTypes };
    const source = {
      'app.ts': handler,
      'clients.ts': clients,
      'wrong.ts': wrong,
      'tsconfig.json': config,
      ...fromGuide,
    };
    const project = projectWith(folder, source, linked);

    expect(guide).toContain('idempotent({');
    expect(typecheck(project)).toBe('');
    const printed = execFileSync(process.execPath, ['app.ts'], { cwd: project, encoding: 'utf8' });
    expect(JSON.parse(printed)).toEqual({
      mailed: [expect.stringMatching(/^evt_\w+\/dunning 3$/)],
      answers: [{ batchItemFailures: [] }, { batchItemFailures: [] }],
      error: 'InProgressElsewhere',
    });
  });
});
