import { randomUUID } from 'node:crypto';
import type { AwsAnswer, AwsCall, AwsService, OwnService } from '../aws/aws-call.ts';
import { AwsError } from '../aws/aws-error.ts';
import { JsonReader } from '../json-reader.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { FunctionFailed } from './function-failed.ts';
import type { LambdaHost } from './lambda-host.ts';
import { mappingId } from './mapping-id.ts';
import type { Poller } from './poller.ts';
import type { Pollers } from './pollers.ts';

export interface LambdaServiceOptions {
  readonly functions: readonly FunctionDefinition[];
  readonly pollers: Pollers;
  readonly host: LambdaHost;
}

/** Concurrent executions that a new account may have at most without asking; nothing here counts against it. */
const CONCURRENCY = 1_000;

type Operation = (
  options: LambdaServiceOptions,
  id: string,
  call: AwsCall,
  query: URLSearchParams,
) => AwsAnswer | Promise<AwsAnswer>;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  ListEventSourceMappings: ({ pollers }, _id, _call, query) =>
    json(200, { EventSourceMappings: listed(pollers, query).map(describe) }),
  GetEventSourceMapping: ({ pollers }, id) => json(200, describe(mappingOf(pollers, id))),
  UpdateEventSourceMapping: ({ pollers }, id, call) => update(mappingOf(pollers, id), call),
  GetAccountSettings: ({ functions }) =>
    json(200, {
      AccountLimit: { ConcurrentExecutions: CONCURRENCY, UnreservedConcurrentExecutions: CONCURRENCY },
      AccountUsage: { FunctionCount: functions.length },
    }),
  Invoke: invoke,
};

/** What an operator asks of Lambda: event-source mappings on and off, an invocation, the account's limit. */
export function lambdaService(options: LambdaServiceOptions): OwnService {
  const service: AwsService = async (call) => {
    const { pathname, searchParams } = new URL(call.path, 'http://localhost');
    const [, , , id = ''] = pathname.split('/').map(decodeURIComponent);
    const operation = Object.hasOwn(OPERATIONS, call.operation) ? OPERATIONS[call.operation] : undefined;
    if (operation) return await operation(options, id, call, searchParams);
    throw new AwsError('UnknownOperationException', `The local runtime has no ${call.operation} of Lambda.`);
  };
  return Object.assign(service, { operations: Object.keys(OPERATIONS) });
}

function listed(pollers: Pollers, query: URLSearchParams): readonly Poller[] {
  const [wanted, source] = [query.get('FunctionName'), query.get('EventSourceArn')];
  return pollers.all().filter(
    ({
      source: {
        function: { name, arn: functionArn },
        queue,
      },
    }) => {
      const isOfFunction = wanted === null || wanted === name || wanted === functionArn;
      return isOfFunction && (source === null || source === queue.arn);
    },
  );
}

function mappingOf(pollers: Pollers, id: string): Poller {
  const mapping = pollers.byId(id);
  if (!mapping) throw new AwsError('ResourceNotFoundException', `There is no event source mapping ${id}.`, 404);
  return mapping;
}

function update(mapping: Poller, { body }: AwsCall): AwsAnswer {
  const invalid = (message: string) => new AwsError('InvalidParameterValueException', message);
  const enabled = new JsonReader(JSON.parse(body.toString('utf8') || '{}'), invalid).optionalBoolean('Enabled');
  if (enabled === undefined) throw invalid('Enabled is missing: nothing else can be changed here.');
  if (enabled) mapping.start();
  else mapping.stop();
  return json(202, describe(mapping));
}

/** In the shape of Lambda's `EventSourceMappingConfiguration`. Here a change takes effect at once. */
function describe(mapping: Poller) {
  const { queue, function: definition, batchSize, window, maxConcurrency } = mapping.source;
  return {
    UUID: mappingId(mapping.source),
    EventSourceArn: queue.arn,
    FunctionArn: definition.arn,
    State: mapping.enabled ? 'Enabled' : 'Disabled',
    BatchSize: batchSize,
    MaximumBatchingWindowInSeconds: window,
    ...(maxConcurrency === undefined ? {} : { ScalingConfig: { MaximumConcurrency: maxConcurrency } }),
  };
}

async function invoke({ functions, host }: LambdaServiceOptions, name: string, { body }: AwsCall): Promise<AwsAnswer> {
  const definition = functions.find((candidate) => candidate.name === name || candidate.arn === name);
  if (!definition) throw new AwsError('ResourceNotFoundException', `Function not found: ${name}.`, 404);
  try {
    const result = await host.invoke(definition, () => body.toString('utf8') || '{}');
    return { status: 200, headers: headers(), body: result ?? 'null' };
  } catch (thrown) {
    if (!(thrown instanceof FunctionFailed)) throw thrown;
    const failure = JSON.stringify({ errorType: thrown.errorType, errorMessage: thrown.message });
    return { status: 200, headers: { ...headers(), 'x-amz-function-error': 'Unhandled' }, body: failure };
  }
}

function json(status: number, value: unknown): AwsAnswer {
  return { status, headers: headers(), body: JSON.stringify(value) };
}

function headers() {
  return { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID() };
}
