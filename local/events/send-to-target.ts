import { isRecord } from '#shared/event/stripe-event.ts';
import type { ServiceName } from '../aws/aws-call.ts';
import { AwsError } from '../aws/aws-error.ts';
import { withFaults } from '../faults/with-faults.ts';
import type { MessageAttributes } from '../sqs/message.ts';
import { callApiDestination } from './api-destination.ts';
import type { BusEvent } from './bus-event.ts';
import { deliveryAccess } from './delivery-access.ts';
import type { DeliveryPorts } from './delivery-ports.ts';
import type { Rule, Target } from './rule.ts';

/** Bytes that a state machine takes as input. */
const MACHINE_INPUT = 262_144;

/** What of a target matters for one try. */
export type SendTo = Pick<Target, 'arn' | 'role' | 'groupBy' | 'input'>;

/**
 * Tries once to bring an event to a target, with the rights of whoever EventBridge does it as.
 * @throws {AwsError} it was not taken
 */
export async function sendToTarget(
  event: BusEvent,
  rule: Rule,
  target: SendTo,
  ports: DeliveryPorts,
  attributes: MessageAttributes = {},
): Promise<void> {
  const { service, operation, take } = takerOf(target, ports);
  const work = () => {
    if (take === undefined) throw new AwsError('ResourceNotFoundException', `There is nothing here at ${target.arn}.`);
    const denial = ports.access.denial(deliveryAccess(rule, target, event));
    if (denial !== undefined) throw new AwsError('AccessDenied', denial);
    return take({ event, rule, input: target.input?.(event, rule) ?? event.json, attributes });
  };
  await withFaults(ports.faults, service, operation, () => `${target.arn}\n${event.json}`, work);
}

interface Given {
  readonly event: BusEvent;
  readonly rule: Rule;
  readonly input: string;
  readonly attributes: MessageAttributes;
}

interface Taker {
  /** What a fault is aimed at. */
  readonly service: ServiceName;
  readonly operation: string;
  /** Absent: there is no such target. */
  readonly take: ((given: Given) => void | Promise<void>) | undefined;
}

function takerOf({ arn, groupBy }: SendTo, ports: DeliveryPorts): Taker {
  if (arn.includes(':event-bus/')) {
    return { service: 'events', operation: 'PutEvents', take: ({ event }) => ports.publish(arn, event) };
  }
  if (arn.includes(':api-destination/')) {
    const endpoint = ports.apiDestinations.find((one) => one.arn === arn);
    const take = endpoint && (({ input }: Given) => callApiDestination(endpoint, input, ports.signal));
    return { service: 'events', operation: 'InvokeApiDestination', take };
  }
  if (arn.includes(':stateMachine:')) {
    const take = ports.stateMachines.has(arn) ? (given: Given) => start(arn, given, ports) : undefined;
    return { service: 'events', operation: 'StartExecution', take };
  }
  const queue = ports.queues.findByArn(arn);
  const take =
    queue &&
    (({ event, input, attributes }: Given) =>
      void ports.queues.send(queue, { body: input, attributes, group: groupOf(event, groupBy) }));
  return { service: 'sqs', operation: 'SendMessage', take };
}

/** No machine runs here: that it would have been started, and with what, can be observed. */
function start(arn: string, { event, rule, input }: Given, { observations }: DeliveryPorts): void {
  const bytes = Buffer.byteLength(input);
  if (bytes > MACHINE_INPUT) {
    throw new AwsError('ValidationException', `The input has ${bytes} bytes; a state machine takes ${MACHINE_INPUT}.`);
  }
  observations.emit('started', { id: event.id, rule: rule.name, stateMachine: arn.split(':').at(-1) ?? arn, input });
}

/** What a message's group is called: a text for all, or what stands at a path in the event. */
function groupOf({ json }: BusEvent, groupBy: string | undefined): string | undefined {
  if (!groupBy?.startsWith('$.')) return groupBy;
  const event: unknown = JSON.parse(json);
  const found = groupBy
    .slice(2)
    .split('.')
    .reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), event);
  return typeof found === 'string' ? found : undefined;
}
