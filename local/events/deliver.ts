import { setTimeout as sleep } from 'node:timers/promises';
import { AwsError } from '../aws/aws-error.ts';
import type { MessageAttributes } from '../sqs/message.ts';
import type { BusEvent } from './bus-event.ts';
import type { DeliveryPorts } from './delivery-ports.ts';
import { retryDelay } from './retry-delay.ts';
import type { Rule, Target } from './rule.ts';
import { sendToTarget } from './send-to-target.ts';

interface Failure {
  readonly error: AwsError;
  readonly retries: number;
  readonly exhausted: string | undefined;
}

/**
 * Brings one event to one target: tries again with back-off until the target's limits, at once to the DLQ where no
 * retry can help (no such target, no permission, an input that it refuses). Never rejects.
 */
export async function deliver(event: BusEvent, rule: Rule, target: Target, ports: DeliveryPorts): Promise<void> {
  const failure = await tryUntilLimits(event, rule, target, ports);
  if (!failure) {
    const queue = ports.queues.findByArn(target.arn)?.name ?? target.arn;
    ports.observations.emit('delivered', { id: event.id, rule: rule.name, queue });
    return;
  }
  if (ports.signal.aborted) return;
  const dlq = await deadLetter(event, rule, target, failure, ports);
  const errorCode = reasonFor(failure.error);
  ports.observations.emit('undelivered', { id: event.id, rule: rule.name, errorCode, dlq: dlq?.name });
}

async function tryUntilLimits(
  event: BusEvent,
  rule: Rule,
  target: Target,
  ports: DeliveryPorts,
): Promise<Failure | undefined> {
  // Back-off and age are counted in AWS's seconds, so that scaled time changes neither limit.
  let waited = 0;
  for (let retries = 0; ; retries += 1) {
    try {
      await sendToTarget(event, rule, target, ports);
      return undefined;
    } catch (thrown) {
      const error = thrown instanceof AwsError ? thrown : new AwsError('InternalFailure', String(thrown));
      const delay = retryDelay(retries + 1);
      if (isFinal(error)) return { error, retries, exhausted: undefined };
      if (retries >= target.maxRetries) return { error, retries, exhausted: 'MaximumRetryAttempts' };
      if (waited + delay > target.maxAge) return { error, retries, exhausted: 'MaximumEventAgeInSeconds' };
      waited += delay;
      await sleep(ports.scale.wait(delay), undefined, { signal: ports.signal, ref: false }).catch(() => undefined);
      if (ports.signal.aborted) return { error, retries, exhausted: undefined };
    }
  }
}

async function deadLetter(event: BusEvent, rule: Rule, target: Target, failure: Failure, ports: DeliveryPorts) {
  const dlq = ports.queues.findByArn(target.deadLetterArn ?? '');
  if (!dlq) return undefined;
  const { error, retries, exhausted } = failure;
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  const attributes: MessageAttributes = {
    RULE_ARN: text(rule.arn),
    TARGET_ARN: text(target.arn),
    ERROR_CODE: text(reasonFor(error)),
    ERROR_MESSAGE: text(error.message),
    RETRY_ATTEMPTS: { DataType: 'Number', StringValue: String(retries) },
    ...(exhausted === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: text(exhausted) }),
  };
  // EventBridge does not try the DLQ twice either: what it does not take is lost, and counted as that.
  // The role of a target is for the target: into its DLQ EventBridge sends as itself.
  const letters = { arn: dlq.arn, role: undefined, groupBy: undefined, input: undefined };
  return await sendToTarget(event, rule, letters, ports, attributes).then(
    () => dlq,
    () => undefined,
  );
}

function isFinal({ code }: AwsError): boolean {
  return /^(QueueDoesNotExist|ResourceNotFound|AccessDenied|ValidationException)/.test(code);
}

/** EventBridge's own names for why a target did not take an event. */
function reasonFor({ code }: AwsError): string {
  if (/^(QueueDoesNotExist|ResourceNotFound)/.test(code)) return 'NO_RESOURCE';
  if (code.startsWith('AccessDenied')) return 'NO_PERMISSIONS';
  if (/Throttl/.test(code)) return 'THROTTLING';
  if (/Timeout/.test(code)) return 'TIMEOUT';
  return 'SDK_CLIENT_ERROR';
}
