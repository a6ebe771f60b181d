import { type App, Stack } from 'aws-cdk-lib';
import { CfnArchive, CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { busProblems, queuePolicyProblems, ruleProblems } from './quota-problems.ts';

/** Makes synthesis fail when anything in the app is over a quota, naming the construct. */
export function checkQuotas(app: App): void {
  app.node.addValidation({ validate: () => overQuota(app) });
}

function overQuota(app: App): string[] {
  const problems: string[] = [];
  const rulesByBus = new Map<string, number>();
  for (const construct of app.node.findAll()) {
    const resolve = (value: unknown): unknown => Stack.of(construct).resolve(value);
    const report = (found: readonly string[]) =>
      problems.push(...found.map((problem) => `${construct.node.path}: ${problem}`));

    if (construct instanceof CfnRule) {
      report(ruleProblems({ eventPattern: resolve(construct.eventPattern), targets: resolve(construct.targets) }));
      const bus = JSON.stringify(resolve(construct.eventBusName));
      rulesByBus.set(bus, (rulesByBus.get(bus) ?? 0) + 1);
    }
    if (construct instanceof CfnQueuePolicy) report(queuePolicyProblems(resolve(construct.policyDocument)));
  }
  // Each archive keeps a rule of its own on its bus; which bus is not worth telling apart.
  const archives = app.node.findAll().filter((construct) => construct instanceof CfnArchive).length;
  for (const [bus, rules] of rulesByBus)
    problems.push(...busProblems(rules + archives).map((problem) => `${bus}: ${problem}`));
  return problems;
}
