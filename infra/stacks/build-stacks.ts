import { type App, Tags } from 'aws-cdk-lib';
import { checkQuotas } from '../checks/check-quotas.ts';
import type { StageSettings } from '../configuration/settings.ts';
import { ContractsStack } from './contracts-stack.ts';
import { DataStack } from './data-stack.ts';
import { OperationsStack } from './operations-stack.ts';
import { PipelineStack } from './pipeline-stack.ts';

export interface BuildStacksOptions {
  readonly settings: StageSettings;
  /** Folder with one folder per built function. */
  readonly functionsFolder: string;
}

/** Builds a stage's stacks in the order in which they are deployed, each given what it needs of those before it. */
export function buildStacks(app: App, { settings, functionsFolder }: BuildStacksOptions) {
  const data = new DataStack(app, 'StripeFanoutData', {
    stackName: `StripeFanoutData-${settings.stage}`,
    description: 'stripe-fanout: what must outlive a deployment (ledger, objects, bus, queues, payloads, secrets).',
    settings,
  });
  const pipeline = new PipelineStack(app, 'StripeFanoutPipeline', {
    stackName: `StripeFanoutPipeline-${settings.stage}`,
    description: 'stripe-fanout: what moves events (API, ingress, rules, handlers).',
    settings,
    data,
    functionsFolder,
  });
  const operations = new OperationsStack(app, 'StripeFanoutOperations', {
    stackName: `StripeFanoutOperations-${settings.stage}`,
    description: 'stripe-fanout: what watches the pipeline (alarms, dashboard, delivery check, automations).',
    settings,
    data,
    pipeline,
    functionsFolder,
  });
  const contracts = settings.schemaRegistry
    ? new ContractsStack(app, 'StripeFanoutContracts', {
        stackName: `StripeFanoutContracts-${settings.stage}`,
        description: 'stripe-fanout: what other teams look up (the schemas of the events).',
        stage: settings.stage,
      })
    : undefined;
  // CloudFormation tags dashboards since lately only, and template checks do not know it yet.
  const untagged = { excludeResourceTypes: ['AWS::CloudWatch::Dashboard'] };
  Tags.of(app).add('project', 'stripe-fanout', untagged);
  Tags.of(app).add('stage', settings.stage, untagged);
  checkQuotas(app);
  return { data, pipeline, operations, contracts };
}
