import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resourcesOf, synthesize } from './synthesize.ts';

/** Commands that an adapter's source sends, as IAM actions. */
function callsOf(service: string, ...adapters: readonly string[]): string[] {
  const folder = join(import.meta.dirname, '../../functions/adapters');
  const source = adapters.map((name) => readFileSync(join(folder, `${name}.ts`), 'utf8')).join('\n');
  const commands = Array.from(source.matchAll(/\bnew (?:sdk\.)?(\w+)Command\(/g), ([, name = '']) => name);
  return [...new Set(commands)].map((name) => `${service}:${name}`).toSorted();
}

const policies = Object.values(resourcesOf(synthesize().pipeline, 'AWS::IAM::Policy'));
const statements: { Sid?: string; Action: string | string[] }[] = policies.find(({ Properties }) =>
  JSON.stringify(Properties.Roles).includes('HandlersBilling'),
)?.Properties.PolicyDocument.Statement;

const granted = (...sids: readonly string[]) =>
  [...new Set(statements.filter(({ Sid = '' }) => sids.includes(Sid)).flatMap(({ Action }) => Action))].toSorted();

describe('what a handler may do', () => {
  it.each([
    ['ledger', ['RecordHandling'], callsOf('dynamodb', 'dynamodb-ledger', 'dynamodb-failure-log')],
    ['objects table', ['KeepObjects'], callsOf('dynamodb', 'dynamodb-object-store')],
    ['payload bucket', ['ReadLargeEvents', 'KeepLargeObjects'], callsOf('s3', 's3-payload-store')],
  ])('to the %s is what its adapters do, no more and no less', (_resource, sids, calls) => {
    expect(granted(...sids)).toEqual(calls);
  });

  it('to its queues is what its adapter does, and what Lambda does to feed it', () => {
    const poller = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];

    const calls = [...callsOf('sqs', 'sqs-messages'), ...poller];

    expect(granted('DrainOwnQueue', 'ParkInOwnDeadLetterQueue')).toEqual(calls.toSorted());
  });
});
