import type { Stack } from 'aws-cdk-lib';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { QUEUE_OWNERS, type QueueOwner } from '#shared/naming/resource-names.ts';
import { PipelineFunction } from '../constructs/pipeline-function.ts';

/** A queue, and the function that Lambda feeds from it. */
export interface Drain {
  readonly owner: QueueOwner;
  readonly functionName: string;
}

/**
 * What drains which queue, read from the stack that has the functions: who watches them need not be told of a new one.
 * @param queueArnOf as the mappings name it
 */
export function drainsOf(pipeline: Stack, queueArnOf: (owner: QueueOwner) => string): Drain[] {
  const constructs = pipeline.node.findAll();
  const functions = constructs.filter((construct) => construct instanceof PipelineFunction);
  const mappings = constructs.filter((construct) => construct instanceof CfnEventSourceMapping);
  return QUEUE_OWNERS.flatMap((owner) =>
    mappings
      .filter(({ eventSourceArn }) => eventSourceArn === queueArnOf(owner))
      .map(({ functionName }) => {
        const drains = functions.find((candidate) => candidate.function.functionName === functionName);
        if (drains === undefined) throw new Error(`The queue of ${owner} is drained by no PipelineFunction.`);
        return { owner, functionName: drains.functionName };
      }),
  );
}
