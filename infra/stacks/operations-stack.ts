import { join } from 'node:path';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { DOMAINS, type DomainOrUnrecognized, UNRECOGNIZED } from '#shared/catalogue/domains.ts';
import * as names from '#shared/naming/resource-names.ts';
import { FUNCTION_ENTRIES } from '../bundling/function-entries.ts';
import type { StageSettings } from '../configuration/settings.ts';
import { Automations } from '../constructs/automations.ts';
import { DELIVERY_CHECK_EVERY, DeliveryCheck } from '../constructs/delivery-check.ts';
import { Notifications } from '../constructs/notifications.ts';
import { OperationsDashboard } from '../constructs/operations-dashboard.ts';
import { PipelineAlarms } from '../constructs/pipeline-alarms.ts';
import { SavedQueries } from '../constructs/saved-queries.ts';
import type { AlarmSpec } from '../operations/alarm-spec.ts';
import { deliveryAlarms } from '../operations/delivery-alarms.ts';
import { handlerAlarms, resolverAlarms } from '../operations/handler-alarms.ts';
import { ingressAlarms } from '../operations/ingress-alarms.ts';
import { queueAlarms } from '../operations/queue-alarms.ts';
import { ruleAlarms } from '../operations/rule-alarms.ts';
import { QUEUE_OWNERS } from './data-stack.ts';
import type { PipelineStack } from './pipeline-stack.ts';

export interface OperationsStackProps extends StackProps {
  readonly settings: StageSettings;
  readonly pipeline: PipelineStack;
  /** Folder with one folder per built function. */
  readonly functionsFolder: string;
}

/** Whatever can have a handler. */
const HANDLED: readonly DomainOrUnrecognized[] = [...DOMAINS.map(({ name }) => name), UNRECOGNIZED];
/** What is not a domain's waits for the resolver; without one there is nobody to be late. */
const HAS_RESOLVER = FUNCTION_ENTRIES.some(({ name }) => name === 'resolver');

/**
 * What watches the pipeline, and what the engineer on call works with. It knows the others by name only, so that it
 * can be deployed, changed and deleted without touching them.
 */
export class OperationsStack extends Stack {
  constructor(scope: Construct, id: string, { settings, pipeline, functionsFolder, ...props }: OperationsStackProps) {
    super(scope, id, props);
    const { stage, handlers, alarms: settingsOfAlarms } = settings;
    const domains = HANDLED.filter((domain) => handlers[domain].state !== 'off');
    const drained = QUEUE_OWNERS.filter((owner) => (isDomain(owner) ? domains.includes(owner) : HAS_RESOLVER));
    const functionNames = [
      names.ingressName(stage),
      ...domains.map((domain) => names.handlerName(stage, domain)),
      ...(HAS_RESOLVER ? [`${names.stageName(stage)}-resolver`] : []),
      names.deliveryCheckName(stage),
    ];

    const { topics } = new Notifications(this, 'Notifications', { stage, settings: settingsOfAlarms });
    new DeliveryCheck(this, 'DeliveryCheck', {
      settings,
      codeFolder: join(functionsFolder, 'delivery-check'),
      queueOwners: QUEUE_OWNERS,
      logRetention: settings.logRetentionDays,
    });
    const specs: AlarmSpec[] = [
      ...ingressAlarms(settings, pipeline.apiId),
      ...ruleAlarms(stage),
      ...queueAlarms(settings, QUEUE_OWNERS, drained),
      ...handlerAlarms(settings),
      ...(HAS_RESOLVER ? resolverAlarms(stage) : []),
      ...deliveryAlarms(stage, DELIVERY_CHECK_EVERY),
    ];
    const alarms = new PipelineAlarms(this, 'Alarms', { stage, settings: settingsOfAlarms, specs, ...topics });
    new OperationsDashboard(this, 'Overview', {
      stage,
      apiId: pipeline.apiId,
      queueOwners: QUEUE_OWNERS,
      functionNames,
      alarms: [
        ...Object.values(alarms.overall),
        ...Object.values(alarms.bySeverity).flatMap((some) => some.map(({ alarm }) => alarm)),
      ],
      lateAfter: settingsOfAlarms.lateAfterMinutes * 60,
      runbooks: settingsOfAlarms.runbooks,
    });
    new SavedQueries(this, 'Queries', { stage, functionNames });
    new Automations(this, 'Automations', { settings, queueOwners: QUEUE_OWNERS, domains, approvals: topics.ticket });

    new CfnOutput(this, 'PageTopicArn', { value: topics.page.topicArn });
    new CfnOutput(this, 'TicketTopicArn', { value: topics.ticket.topicArn });
    new CfnOutput(this, 'DashboardName', { value: names.stageName(stage) });
  }
}

function isDomain(owner: names.QueueOwner): owner is DomainOrUnrecognized {
  return HANDLED.some((domain) => domain === owner);
}
