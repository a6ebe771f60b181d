import { type ResolvedAssembly, resourcesOf } from '../assembly/resolve-assembly.ts';
import { TemplateError } from '../assembly/template-error.ts';
import type { Queue } from '../sqs/queue.ts';
import type { Queues } from '../sqs/queues.ts';
import type { FunctionDefinition } from './function-definition.ts';

/** An event-source mapping: a queue, and the function that drains it. */
export interface EventSource {
  readonly queue: Queue;
  readonly function: FunctionDefinition;
  readonly enabled: boolean;
  /** Most messages in one invocation. */
  readonly batchSize: number;
  /** Seconds a batch may wait to fill up. */
  readonly window: number;
  /** Most invocations at once, as the template has it. */
  readonly maxConcurrency: number | undefined;
  /** Batches at once here. */
  readonly concurrency: number;
  /** Whether the function's result says which messages failed. */
  readonly reportsFailures: boolean;
}

/** Lambda's default for queues. */
const DEFAULT_BATCH_SIZE = 10;
/** Up to so many a mapping gets all the concurrency it asks for; beyond it one batch at a time has to do on one machine. */
const FULL_CONCURRENCY = 2;

/** The event-source mappings of all templates. */
export function eventSourcesFrom(
  assembly: ResolvedAssembly,
  functions: readonly FunctionDefinition[],
  queues: Queues,
): EventSource[] {
  return resourcesOf(assembly, 'AWS::Lambda::EventSourceMapping').map(({ properties, stack, logicalId }) => {
    const target = properties.string('FunctionName');
    const definition = functions.find(({ name, arn }) => name === target || arn === target);
    const queue = queues.findByArn(properties.string('EventSourceArn'));
    if (!definition || !queue) {
      const missing = definition ? `queue ${properties.string('EventSourceArn')}` : `function ${target}`;
      throw new TemplateError(`${stack}/${logicalId}: there is no ${missing} in this assembly.`);
    }
    const maxConcurrency = properties.optionalObject('ScalingConfig')?.optionalNumber('MaximumConcurrency');
    return {
      queue,
      function: definition,
      enabled: properties.optionalBoolean('Enabled') ?? true,
      batchSize: properties.optionalNumber('BatchSize') ?? DEFAULT_BATCH_SIZE,
      window: properties.optionalNumber('MaximumBatchingWindowInSeconds') ?? 0,
      maxConcurrency,
      concurrency: concurrencyOf(maxConcurrency),
      reportsFailures: properties.strings('FunctionResponseTypes').includes('ReportBatchItemFailures'),
    };
  });
}

function concurrencyOf(most = Number.POSITIVE_INFINITY): number {
  return most <= FULL_CONCURRENCY ? most : 1;
}
