import { join } from 'node:path';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import * as names from '#shared/naming/resource-names.ts';
import type { StageSettings } from '../configuration/settings.ts';
import { Automations } from '../constructs/automations.ts';
import { DELIVERY_CHECK_EVERY, DeliveryCheck } from '../constructs/delivery-check.ts';
import { DESTINATION_CHECK_EVERY, DestinationCheck } from '../constructs/destination-check.ts';
import { Notifications } from '../constructs/notifications.ts';
import { OperationsDashboard } from '../constructs/operations-dashboard.ts';
import { PipelineAlarms } from '../constructs/pipeline-alarms.ts';
import { PipelineFunction } from '../constructs/pipeline-function.ts';
import { SavedQueries } from '../constructs/saved-queries.ts';
import type { AlarmSpec } from '../operations/alarm-spec.ts';
import { authorizerAlarms } from '../operations/authorizer-alarms.ts';
import { deliveryAlarms } from '../operations/delivery-alarms.ts';
import { destinationAlarms } from '../operations/destination-alarms.ts';
import { drainsOf } from '../operations/drains-of.ts';
import { handlerAlarms, resolverAlarms } from '../operations/handler-alarms.ts';
import { ingressAlarms } from '../operations/ingress-alarms.ts';
import { partnerAlarms } from '../operations/partner-alarms.ts';
import { queueAlarms } from '../operations/queue-alarms.ts';
import { reconcilerAlarms } from '../operations/reconciler-alarms.ts';
import { ruleAlarms } from '../operations/rule-alarms.ts';
import type { DataStack } from './data-stack.ts';
import type { PipelineStack } from './pipeline-stack.ts';

export interface OperationsStackProps extends StackProps {
  readonly settings: StageSettings;
  readonly data: DataStack;
  readonly pipeline: PipelineStack;
  /** Folder with one folder per built function. */
  readonly functionsFolder: string;
}

/**
 * What watches the pipeline, and what the engineer on call works with. It knows the others by name only, so that it
 * can be deployed, changed and deleted without touching them.
 */
export class OperationsStack extends Stack {
  constructor(scope: Construct, id: string, allProps: OperationsStackProps) {
    const { settings, data, pipeline, functionsFolder, ...props } = allProps;
    super(scope, id, props);
    const { stage, alarms: settingsOfAlarms } = settings;
    const drains = drainsOf(pipeline, (owner) => data.queueOf(owner).queue.queueArn);
    const functionNames = [
      ...functionNamesOf(pipeline),
      names.deliveryCheckName(stage),
      names.destinationCheckName(stage),
    ];

    const { topics } = new Notifications(this, 'Notifications', { stage, settings: settingsOfAlarms });
    new DeliveryCheck(this, 'DeliveryCheck', {
      settings,
      codeFolder: join(functionsFolder, 'delivery-check'),
      queueOwners: names.QUEUE_OWNERS,
      logRetention: settings.logRetentionDays,
    });
    new DestinationCheck(this, 'DestinationCheck', {
      settings,
      codeFolder: join(functionsFolder, 'destination-check'),
      ledger: data.ledger.table,
      apiKeySecret: data.apiKeySecret.secret,
      webhookUrl: pipeline.webhookUrl,
      installation: data.bus.bus.eventBusArn,
    });
    const specs: AlarmSpec[] = [
      ...ingressAlarms(settings, pipeline.apiId),
      ...authorizerAlarms(settings),
      ...partnerAlarms(settings),
      ...ruleAlarms(stage),
      ...queueAlarms(
        settings,
        drains.map(({ owner }) => owner),
      ),
      ...handlerAlarms(settings),
      ...(functionNames.includes(names.resolverName(stage)) ? resolverAlarms(stage) : []),
      ...deliveryAlarms(stage, DELIVERY_CHECK_EVERY),
      ...destinationAlarms(stage, DESTINATION_CHECK_EVERY),
      ...reconcilerAlarms(stage),
    ];
    const alarms = new PipelineAlarms(this, 'Alarms', { stage, settings: settingsOfAlarms, specs, ...topics });
    new OperationsDashboard(this, 'Overview', {
      stage,
      apiId: pipeline.apiId,
      decides: settings.issuingAuthorization !== undefined,
      partnerSources: settings.partnerEventSources.map(({ source }) => source),
      queueOwners: names.QUEUE_OWNERS,
      functionNames,
      alarms: [
        ...Object.values(alarms.overall),
        ...Object.values(alarms.bySeverity).flatMap((some) => some.map(({ alarm }) => alarm)),
      ],
      lateAfter: settingsOfAlarms.lateAfterMinutes * 60,
      runbooks: settingsOfAlarms.runbooks,
    });
    new SavedQueries(this, 'Queries', { stage, functionNames });
    new Automations(this, 'Automations', {
      settings,
      queueOwners: names.QUEUE_OWNERS,
      drains,
      approvals: topics.ticket,
    });

    new CfnOutput(this, 'PageTopicArn', { value: topics.page.topicArn });
    new CfnOutput(this, 'TicketTopicArn', { value: topics.ticket.topicArn });
    new CfnOutput(this, 'DashboardName', { value: names.stageName(stage) });
  }
}

function functionNamesOf(stack: Stack): string[] {
  const functions = stack.node.findAll().filter((construct) => construct instanceof PipelineFunction);
  return functions.map(({ functionName }) => functionName);
}
