import { Duration, Stack } from 'aws-cdk-lib';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { HANDLER_NAMES } from '#shared/catalogue/domains.ts';
import type { DeliveryCheckEnvironment } from '#shared/environment/delivery-check-environment.ts';
import { archiveName, deliveryCheckName, type QueueOwner } from '#shared/naming/resource-names.ts';
import type { StageSettings } from '../configuration/settings.ts';
import { allow } from './allow.ts';
import { PipelineFunction } from './pipeline-function.ts';
import { scheduleFunction } from './schedule-function.ts';

export interface DeliveryCheckProps {
  readonly settings: StageSettings;
  /** Folder with the built function. */
  readonly codeFolder: string;
  readonly queueOwners: readonly QueueOwner[];
  readonly logRetention: RetentionDays;
}

/**
 * How often it looks. GetMetricData costs a cent per thousand metrics, and a look at a quiet stage reads some 130, six
 * more for each domain that has events: every two hours that is half a dollar a month, and a loss is known well before
 * Stripe or the archive forget the event.
 */
export const DELIVERY_CHECK_EVERY = Duration.hours(2);

/** The function that compares what was published with what arrived, and its schedule. */
export class DeliveryCheck extends Construct {
  constructor(scope: Construct, id: string, { settings, codeFolder, queueOwners, logRetention }: DeliveryCheckProps) {
    super(scope, id);
    const { stage, destinations, partnerEventSources, issuingAuthorization: lane, handlers } = settings;
    const event = (resource: string, resourceName: string) =>
      Stack.of(this).formatArn({ service: 'events', resource, resourceName });
    const environment: DeliveryCheckEnvironment = {
      STAGE: stage,
      DESTINATIONS: JSON.stringify(destinations.map(({ name }) => name)),
      AUTHORIZERS: JSON.stringify(lane === undefined ? [] : [lane.destination.name]),
      PARTNER_SOURCES: JSON.stringify(partnerEventSources.map(({ name, source }) => ({ name, source }))),
      // A draining domain's rules match and deliver to nobody, on purpose.
      HANDLED_DOMAINS: JSON.stringify(HANDLER_NAMES.filter((domain) => handlers[domain].state === 'on')),
      QUEUE_OWNERS: JSON.stringify(queueOwners),
      ARCHIVE_ARN: event('archive', archiveName(stage)),
    };
    const check = new PipelineFunction(this, 'Check', {
      functionName: deliveryCheckName(stage),
      serviceName: 'delivery-check',
      description: 'Compares what was published with what arrived, and finds messages that expire soon.',
      codeFolder,
      // The code gives up after 50 s.
      timeout: Duration.seconds(60),
      memorySize: 256,
      environment: { ...environment },
      // CloudWatch has no resource to name for it.
      permissions: [
        allow('ReadMetrics', ['cloudwatch:GetMetricData'], ['*']),
        allow('FindReplays', ['events:ListReplays'], ['*']),
        // Whoever replays, by command, automation or console, chooses the name.
        allow('ReadReplays', ['events:DescribeReplay'], [event('replay', '*')]),
      ],
      logRetention,
    });
    scheduleFunction(this, {
      name: deliveryCheckName(stage),
      description: 'Runs the delivery check.',
      target: check.function,
      rate: `rate(${DELIVERY_CHECK_EVERY.toHours()} hours)`,
      // The next run looks at the same day again: no use in trying one for longer than that.
      giveUpAfter: Duration.minutes(30),
    });
  }
}
