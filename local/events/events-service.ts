import type { OwnService } from '../aws/aws-call.ts';
import { jsonService } from '../aws/json-service.ts';
import type { InFlight } from '../observe/in-flight.ts';
import type { Observations } from '../observe/observations.ts';
import type { EventBuses } from './event-buses.ts';
import { putEvents } from './put-events.ts';
import { putPartnerEvents } from './put-partner-events.ts';
import { replayOperations } from './replay-operations.ts';
import { ruleOperations } from './rule-operations.ts';

/** EventBridge in memory: buses, rules with queue targets, archives and replays. */
export function eventsService(buses: EventBuses, observations: Observations, inFlight: InFlight): OwnService {
  return jsonService(
    {
      PutEvents: putEvents(buses, observations),
      PutPartnerEvents: putPartnerEvents(buses, observations),
      ...replayOperations(buses, inFlight),
      ...ruleOperations(buses),
    },
    { contentType: 'application/x-amz-json-1.1', invalidInput: 'ValidationException' },
  );
}
