import type { Faults } from '../faults/faults.ts';
import type { AccessControl } from '../iam/access-control.ts';
import type { Observations } from '../observe/observations.ts';
import type { Queues } from '../sqs/queues.ts';
import type { TimeScale } from '../time-scale.ts';
import type { ApiDestination } from './api-destination.ts';
import type { BusEvent } from './bus-event.ts';

/** What bringing events to targets needs. */
export interface DeliveryPorts {
  readonly queues: Queues;
  readonly faults: Faults;
  readonly access: AccessControl;
  readonly observations: Observations;
  readonly scale: TimeScale;
  readonly apiDestinations: readonly ApiDestination[];
  /** ARNs of the state machines that the templates have. */
  readonly stateMachines: ReadonlySet<string>;
  /** Puts an event on another bus. @throws {AwsError} there is no such bus */
  readonly publish: (busArn: string, event: BusEvent) => void;
  /** Ends the waiting between retries when the runtime stops. */
  readonly signal: AbortSignal;
}
