import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import type { StageConfig } from '#infra/configuration/stage-config.ts';
import { isRecord } from '#shared/event/stripe-event.ts';
import { STAGE_OF_ALL_OPTIONS } from '../conformance/stage-of-all-options.ts';
import { type Resource, synthesize } from './synthesize.ts';

/** One thing that a policy allows, wherever the policy stands. */
interface Statement {
  /** Its Sid, else its actions. */
  readonly name: string;
  readonly actions: readonly string[];
  readonly resource: unknown;
  readonly principal: unknown;
}

/** Also with those that add no resource that other engines judge, but a role, a policy or a statement. */
const ALL_OPTIONS: StageConfig = {
  ...STAGE_OF_ALL_OPTIONS,
  tracing: true,
  domains: { billing: { freshness: 'latest' } },
  alarms: {
    page: { emails: ['oncall@example.com'], slack: [{ workspace: 'T0123ABCD', channel: 'C0123ABCD' }] },
    ticket: { urls: ['https://events.example.com/integration'] },
    approvers: ['arn:aws:iam::111111111111:role/OnCall'],
  },
};

/** Actions that no statement names one by one, and why. */
const WILD_ACTIONS: Readonly<Record<string, string>> = {
  'kms:*': 'The account itself: without it nobody could ever change the key again.',
  AllowAlarms:
    "AWS's own words for alarms: a narrower guess at what SNS asks of the key would, if wrong, silence them all.",
  'kms:Decrypt,kms:GenerateDataKey*':
    "The CDK's grant to publish on an encrypted topic, on the key of the alarms only.",
};

/** What is allowed on more than one named resource: the statement's Sid, or its actions, and why. */
const WILD_RESOURCES: Readonly<Record<string, string>> = {
  'xray:PutTelemetryRecords,xray:PutTraceSegments': 'X-Ray has no resource to name.',
  'kms:*': "In a key's own policy, * is that key.",
  AllowAlarms: "In a key's own policy, * is that key.",
  StoreLargeEvents: 'Each event has a key of its own, below one prefix of one bucket.',
  ReadLargeEvents: 'Each event has a key of its own, below one prefix of one bucket.',
  KeepLargeEvents: 'Each event has a key of its own, below one prefix of one bucket.',
  OrganizationReadsEvents: 'Each event has a key of its own, below one prefix of one bucket.',
  KeepLargeObjects: 'Each object has a key of its own, below one prefix of one bucket.',
  ReadMetrics: 'GetMetricData has no resource to name.',
  FindReplays: 'ListReplays has no resource to name; what it lists is filtered by archive.',
  ReadReplays: 'Whoever replays chooses the name.',
  FindMappings: 'ListEventSourceMappings has no resource to name; what it lists is filtered by function.',
  SwitchDrains: 'The id of a mapping is known after the deployment only; a condition names the functions.',
  StartReplays: 'Each replay has a name of its own; all begin with the name of the stage.',
  WatchReplays: 'Each replay has a name of its own; all begin with the name of the stage.',
  OrganizationMakesRules: 'Accounts choose the names of their rules, on this one bus.',
  OrganizationKeepsRules: 'Accounts choose the names of their rules, on this one bus.',
};

/** Who is not named one by one, and why. */
const WILD_PRINCIPALS: Readonly<Record<string, string>> = {
  OrganizationReadsEvents: 'The organization has accounts that nobody listed: a condition names it.',
  OrganizationMakesRules: 'The organization has accounts that nobody listed: a condition names it.',
  OrganizationKeepsRules: 'The organization has accounts that nobody listed: a condition names it.',
};

const stages = [{}, ALL_OPTIONS].map((config) => Object.values<Template>({ ...synthesize(config) }));
const resources: readonly Resource[] = stages.flat().flatMap((template) => Object.values(template.toJSON().Resources));
const statements = resources.flatMap(({ Type, Properties }) => [
  ...allowedIn(Properties),
  ...(Type === 'AWS::Lambda::Permission' ? [statementOf(Properties)] : []),
]);

/** Statements of policies of any kind: of roles, inline or beside them, and of what is used. */
function allowedIn(value: unknown, statementId?: unknown): readonly Statement[] {
  if (Array.isArray(value)) return value.flatMap((item) => allowedIn(item));
  if (!isRecord(value)) return [];
  if (value.Effect === 'Allow') return [statementOf({ Sid: statementId, ...value })];
  return Object.values(value).flatMap((item) => allowedIn(item, value.StatementId));
}

function statementOf({ Sid, Action, Resource, Principal }: Readonly<Record<string, unknown>>): Statement {
  const actions = [Action].flat().map(String);
  const name = typeof Sid === 'string' ? Sid : actions.toSorted().join();
  return { name, actions, resource: Resource, principal: Principal };
}

const isWild = (value: unknown) => JSON.stringify(value ?? '').includes('*');
const namesWhere = (wild: (statement: Statement) => boolean) =>
  [...new Set(statements.filter(wild).map(({ name }) => name))].toSorted();

describe('what policies allow, by default and with all options', () => {
  it('names every action, but where a reason stands here, and no reason stands here for nothing', () => {
    expect(namesWhere(({ actions }) => isWild(actions))).toEqual(Object.keys(WILD_ACTIONS).toSorted());
  });

  it('names every resource, but where a reason stands here, and no reason stands here for nothing', () => {
    expect(namesWhere(({ resource }) => isWild(resource))).toEqual(Object.keys(WILD_RESOURCES).toSorted());
  });

  it('names everybody, but where a reason stands here, and no reason stands here for nothing', () => {
    expect(namesWhere(({ principal }) => isWild(principal))).toEqual(Object.keys(WILD_PRINCIPALS).toSorted());
  });

  it('is written here: nothing is allowed by exclusion, and no role takes a policy that AWS may widen', () => {
    const allowed = JSON.stringify(resources.flatMap(({ Properties }) => Properties ?? []));

    expect(allowed).not.toMatch(/"Not(Action|Resource)"/);
    expect(resources.filter(({ Type }) => Type === 'AWS::IAM::Role').length).toBeGreaterThan(0);
    for (const { Type, Properties } of resources) {
      if (Type === 'AWS::IAM::Role') expect(Properties.ManagedPolicyArns ?? []).toEqual([]);
    }
  });
});
