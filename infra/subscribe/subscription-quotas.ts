import { Stack } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import type { Construct, IConstruct } from 'constructs';
import { ROUTES } from '#shared/catalogue/routes.ts';
import { busProblems, queuePolicyProblems, ruleProblems } from '../checks/quota-problems.ts';
import type { StripeFanoutBus } from './stripe-fanout-bus.ts';

/** Rules that every stage has: the table's, those of notifications and of unrecognized events, and the archive's own. */
const PIPELINE_RULES = ROUTES.length + 3;

const checked = new WeakMap<IConstruct, Set<string>>();

/** Makes synthesis fail when the rules of an app are over a quota of the bus, or a queue's policy over one of SQS. */
export function checkSubscriptionQuotas(scope: Construct, bus: StripeFanoutBus): void {
  const app = scope.node.root;
  const buses = checked.get(app) ?? new Set();
  checked.set(app, buses);
  // Once for each bus, however many subscriptions there are.
  if (buses.has(bus.busArn)) return;
  buses.add(bus.busArn);
  app.node.addValidation({ validate: () => overQuota(app, bus) });
}

function overQuota(app: IConstruct, bus: StripeFanoutBus): string[] {
  const constructs = app.node.findAll();
  const rules = constructs.filter((construct) => construct instanceof CfnRule).filter((rule) => isOn(rule, bus));
  const policies = constructs.filter((construct) => construct instanceof CfnQueuePolicy);
  const at = (construct: IConstruct) => (problem: string) => `${construct.node.path}: ${problem}`;
  return [
    ...rules.flatMap((rule) => {
      const resolved = (value: unknown): unknown => Stack.of(rule).resolve(value);
      return ruleProblems({ eventPattern: resolved(rule.eventPattern), targets: resolved(rule.targets) }).map(at(rule));
    }),
    ...policies.flatMap((policy) =>
      queuePolicyProblems(Stack.of(policy).resolve(policy.policyDocument)).map(at(policy)),
    ),
    ...busProblems(PIPELINE_RULES + rules.length, bus.region).map(
      (problem) => `${bus.busName}: ${problem} (${PIPELINE_RULES} are the pipeline's; those of other apps come on top)`,
    ),
  ];
}

function isOn(rule: CfnRule, bus: StripeFanoutBus): boolean {
  const { eventBusName } = rule;
  if (eventBusName === undefined) return false;
  const stack = Stack.of(rule);
  const resolved = JSON.stringify(stack.resolve(eventBusName));
  return [bus.busArn, bus.busName].some((name) => JSON.stringify(stack.resolve(name)) === resolved);
}
