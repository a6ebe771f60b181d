import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { ACCOUNT } from '#local/assembly/account.ts';
import { readAssembly } from '#local/assembly/read-assembly.ts';
import { type ResolvedAssembly, resolveAssembly, resourcesOf } from '#local/assembly/resolve-assembly.ts';
import { startRuntime } from '#local/runtime.ts';
import { ingressName, queueName } from '#shared/naming/resource-names.ts';

const ASSEMBLY = 'cdk.out';
/** Moto's only account; its ARNs and queue URLs name it. */
const OTHER_ACCOUNT = '123456789012';

/** The bus, rules and queues of the synthesized templates, on whichever engine is asked. Nothing drains the queues. */
export interface Engine extends AsyncDisposable {
  readonly events: EventBridgeClient;
  /** Whoever may publish Stripe's events; to an engine without permissions, anybody. */
  readonly publisher: EventBridgeClient;
  readonly sqs: SQSClient;
  readonly busName: string;
  /** Every queue of the templates by name. */
  readonly queues: ReadonlyMap<string, string>;
  /** Resolves when what was published is delivered. */
  settled(): Promise<void>;
}

/** Ours, or the one whose address stands in `AWS_UNDER_TEST`: the conformance run sets it. */
export function startEngine(): Promise<Engine> {
  const address = process.env.AWS_UNDER_TEST;
  return address === undefined ? startOurs() : fillOther(address);
}

async function startOurs(): Promise<Engine> {
  const runtime = await startRuntime({ assembly: ASSEMBLY, port: 0, awsPort: 0 });
  const resolved = resolveAssembly(readAssembly(ASSEMBLY), { aws: runtime.awsUrl, api: runtime.url });
  const drained = resourcesOf(resolved, 'AWS::Lambda::EventSourceMapping');
  for (const name of new Set(drained.map(({ properties }) => nameIn(properties.string('FunctionName'))))) {
    runtime.setPolling(name, false);
  }
  const clients = clientsOf(runtime.awsUrl);
  const { events: publisher } = clientsOf(runtime.awsUrl, runtime.accessKeyOf(ingressName('dev')));
  return {
    ...clients,
    publisher,
    busName: runtime.outputs.BusName ?? '',
    queues: new Map(queuesOf(resolved).map((name) => [name, `${runtime.awsUrl}/${ACCOUNT}/${name}`])),
    settled: () => runtime.settled(),
    [Symbol.asyncDispose]: async () => {
      clients.sqs.destroy();
      clients.events.destroy();
      publisher.destroy();
      await runtime.stop();
    },
  };
}

/** Creates in another engine what the templates describe, by the calls that CloudFormation would make. */
async function fillOther(address: string): Promise<Engine> {
  const resolved = resolveAssembly(readAssembly(ASSEMBLY), { aws: address, api: address });
  const { sqs, events } = clientsOf(address);
  const queues = new Map<string, string>();
  // A redrive policy names a queue that must be there: DLQs first.
  const all = resourcesOf(resolved, 'AWS::SQS::Queue').toSorted((a, b) => redriveOf(a).length - redriveOf(b).length);
  for (const queue of all) {
    const QueueName = queue.properties.string('QueueName');
    const VisibilityTimeout = String(queue.properties.optionalNumber('VisibilityTimeout') ?? 30);
    const RedrivePolicy = redriveOf(queue);
    const Attributes = { VisibilityTimeout, ...(RedrivePolicy !== '' && { RedrivePolicy }) };
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
    queues.set(QueueName, QueueUrl);
  }
  const busName = resolved.outputs.BusName ?? '';
  await events.send(new CreateEventBusCommand({ Name: busName }));
  for (const { properties } of resourcesOf(resolved, 'AWS::Events::Rule')) {
    if (properties.value.EventPattern === undefined || properties.string('EventBusName') !== busName) continue;
    const rule = { EventBusName: busName };
    const Name = properties.string('Name');
    await events.send(
      new PutRuleCommand({ ...rule, Name, EventPattern: JSON.stringify(properties.value.EventPattern) }),
    );
    const Targets = properties
      .objects('Targets')
      .map((target) => ({ Id: target.string('Id'), Arn: inOtherAccount(target.string('Arn')) }));
    if (Targets.length > 0) await events.send(new PutTargetsCommand({ ...rule, Rule: Name, Targets }));
  }
  return {
    sqs,
    events,
    publisher: events,
    busName,
    queues,
    settled: async () => undefined,
    [Symbol.asyncDispose]: async () => {
      sqs.destroy();
      events.destroy();
    },
  };
}

/** The queue that a handler of this stage drains. */
export function queueNameOf(owner: Parameters<typeof queueName>[1]): string {
  return queueName('dev', owner);
}

function clientsOf(endpoint: string, accessKeyId = 'test') {
  const credentials = { accessKeyId, secretAccessKey: 'test' };
  const settings = { endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
  return { sqs: new SQSClient(settings), events: new EventBridgeClient(settings) };
}

function queuesOf(resolved: ResolvedAssembly): string[] {
  return resourcesOf(resolved, 'AWS::SQS::Queue').map(({ properties }) => properties.string('QueueName'));
}

function redriveOf({ properties }: { properties: { value: Readonly<Record<string, unknown>> } }): string {
  const { RedrivePolicy } = properties.value;
  return RedrivePolicy === undefined ? '' : inOtherAccount(JSON.stringify(RedrivePolicy));
}

function inOtherAccount(text: string): string {
  return text.replaceAll(`:${ACCOUNT}:`, `:${OTHER_ACCOUNT}:`);
}

function nameIn(functionNameOrArn: string): string {
  return functionNameOrArn.split(':').at(-1) ?? functionNameOrArn;
}
