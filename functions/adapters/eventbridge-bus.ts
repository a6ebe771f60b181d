import { EventBridgeClient, EventBridgeServiceException, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { errorName } from '#shared/errors/pipeline-error.ts';
import { BusRefused, PublishFailed, PublishUnknown } from '#shared/errors/store-errors.ts';
import type { EventBus } from '#shared/ports/event-bus.ts';
import { awsClient } from './aws-client.ts';

/** Entry errors that no later try can change: the entry itself is at fault. The others are ours or pass by. */
const REFUSED_FOR_GOOD = new Set(['MalformedDetail', 'InvalidArgument']);

export interface EventBridgeBusOptions {
  /** @default one from Lambda's own environment */
  readonly client?: EventBridgeClient;
  readonly busName: string;
  /**
   * The invocation's X-Ray header, read for each entry: with it the trace goes on through rule, queue and handler.
   * @default none: each handler starts a trace of its own
   */
  traceHeader?(): string | undefined;
  /** Called when the client needed more than one try: an earlier one may have reached the bus. */
  onRepeat(attempts: number): void;
}

/** Publishes entries on a custom EventBridge bus and reads the answer of each: HTTP 200 alone promises nothing. */
export function eventBridgeBus(options: EventBridgeBusOptions): EventBus {
  const { client = awsClient(EventBridgeClient), busName, onRepeat } = options;
  const tellOfRepeat = (attempts = 1) => {
    if (attempts > 1) onRepeat(attempts);
  };
  return {
    async publish({ source, detailType, detail, time }, signal) {
      const trace = options.traceHeader?.();
      const entryToPut = { EventBusName: busName, Source: source, DetailType: detailType, Detail: detail, Time: time };
      const command = new PutEventsCommand({
        Entries: [{ ...entryToPut, ...(trace !== undefined && { TraceHeader: trace }) }],
      });
      const answer = await client.send(command, { abortSignal: signal }).catch((error: unknown) => {
        // A "no" to the last try says nothing of an earlier one whose answer was lost.
        if (error instanceof EventBridgeServiceException) tellOfRepeat(error.$metadata.attempts);
        throw whatIsKnown(error, detailType);
      });
      tellOfRepeat(answer.$metadata.attempts);

      const [entry] = answer.Entries ?? [];
      if (answer.FailedEntryCount === 0 && entry?.EventId !== undefined) return entry.EventId;
      const code = entry?.ErrorCode ?? 'no code';
      const message = `The bus ${busName} did not take an entry ${detailType}: ${code}.`;
      throw REFUSED_FOR_GOOD.has(code) ? new BusRefused(message, code) : new PublishFailed(message);
    },
  };
}

/** A 4xx answer is a known no; anything else (no answer, 5xx, aborted) leaves open whether the bus took the entry. */
function whatIsKnown(error: unknown, detailType: string): PublishFailed | PublishUnknown {
  const name = errorName(error);
  const status = error instanceof EventBridgeServiceException ? error.$metadata.httpStatusCode : undefined;
  return status !== undefined && status >= 400 && status < 500
    ? new PublishFailed(`PutEvents refused an entry ${detailType}: ${name}.`, { cause: error })
    : new PublishUnknown(`PutEvents gave no answer for an entry ${detailType}: ${name}.`, { cause: error });
}
