import { afterAll, describe, expect, it } from 'vitest';
import { operatorClients } from '#functions/adapters/operator/operator-clients.ts';
import { checkKept } from '../../smoke/check-kept.ts';
import { NOT_KEPT } from '../../smoke/ministack/shortfalls.ts';

/** What the services answer where all is as the template says. */
const KEPT = {
  dynamoDb: { TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED' } },
  sqs: {
    Attributes: {
      RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:1:core-dlq"}',
      Policy: '{"Statement":[{"Sid":"AllowRulesOfTheBus"}]}',
    },
  },
  events: { Targets: [{ Id: 'queue', DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:1:core-dlq' } }] },
  lambda: {
    EventSourceMappings: [
      { FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 10 } },
    ],
  },
};

const made: ReturnType<typeof operatorClients>[] = [];
afterAll(() => {
  for (const clients of made) clients.destroy();
});

/** A deployed stage whose services answer this, and are never asked over the network. */
function stageOf(answers: Partial<Record<keyof typeof KEPT, object>>) {
  const clients = operatorClients({ endpoint: 'http://127.0.0.1:1' });
  made.push(clients);
  for (const name of ['dynamoDb', 'sqs', 'events', 'lambda'] as const) {
    const output = { $metadata: {}, ...KEPT[name], ...answers[name] };
    Object.assign(clients[name], { send: async () => output });
  }
  return { clients, outputs: {} };
}

const WITHOUT_TTL = { dynamoDb: { TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' } } };

describe('what is deployed', () => {
  it('is as the template says', async () => {
    await expect(checkKept(stageOf({}), 'smoke', [])).resolves.toBeUndefined();
  });

  it('has a TTL also while DynamoDB turns it on', async () => {
    const enabling = { dynamoDb: { TimeToLiveDescription: { TimeToLiveStatus: 'ENABLING' } } };

    await expect(checkKept(stageOf(enabling), 'smoke', [])).resolves.toBeUndefined();
  });

  it.each([
    ['TTL of the ledger', WITHOUT_TTL],
    ['redrive policy of a queue', { sqs: { Attributes: { Policy: KEPT.sqs.Attributes.Policy } } }],
    ['policy of a queue', { sqs: { Attributes: { RedrivePolicy: KEPT.sqs.Attributes.RedrivePolicy } } }],
    ["DLQ of a rule's target", { events: { Targets: [{ Id: 'queue' }] } }],
    ['partial batch responses', { lambda: { EventSourceMappings: [{ ScalingConfig: { MaximumConcurrency: 10 } }] } }],
    [
      'concurrency of a mapping',
      { lambda: { EventSourceMappings: [{ FunctionResponseTypes: ['ReportBatchItemFailures'] }] } },
    ],
  ])('fails the test without the %s', async (what, answers) => {
    await expect(checkKept(stageOf(answers), 'smoke', [])).rejects.toThrow(`not as the template says: ${what}.`);
  });

  it('may lack in MiniStack what is known, and nothing else', async () => {
    const without = { ...WITHOUT_TTL, events: { Targets: [{ Id: 'queue' }] } };

    await expect(checkKept(stageOf(WITHOUT_TTL), 'smoke', NOT_KEPT)).resolves.toBeUndefined();
    await expect(checkKept(stageOf(without), 'smoke', NOT_KEPT)).rejects.toThrow(`says: DLQ of a rule's target.`);
  });

  it('fails the test when it has what was known to be lacking, so that the list stays true', async () => {
    await expect(checkKept(stageOf({}), 'smoke', NOT_KEPT)).rejects.toThrow('Kept by now, so strike it');
  });
});
