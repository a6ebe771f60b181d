import { describe, expect, it } from 'vitest';
import { type Resource, resourcesOf, synthesize } from '../synthesize.ts';

const { operations } = synthesize();
const documents = documentsOf(operations);

function documentsOf(template: typeof operations): Record<string, Resource['Properties']> {
  return Object.fromEntries(
    Object.values(resourcesOf(template, 'AWS::SSM::Document')).map(({ Properties }) => [
      Properties.Name.replace('stripe-fanout-dev-', ''),
      Properties,
    ]),
  );
}

interface Step {
  readonly name: string;
  readonly action: string;
  readonly onFailure?: string;
  readonly inputs: { readonly Service?: string; readonly Api?: string; readonly DesiredValues?: readonly string[] };
}

/** Actions the role of a document may take. */
function allowedTo(name: string): string[] {
  const id = documents[name].Content.assumeRole['Fn::GetAtt'][0];
  return Object.values(resourcesOf(operations, 'AWS::IAM::Policy'))
    .filter(({ Properties }) => Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === id))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .flatMap(({ Action }) => Action);
}

const NAMES = ['RedriveDlq', 'ReplayArchive', 'PauseDomain', 'ResumeDomain'];

describe('automations', () => {
  it('are four documents of version 0.3, each with a role of its own', () => {
    const roles = Object.values(documents).map(({ Content }) => Content.assumeRole['Fn::GetAtt'][0]);

    expect(Object.keys(documents).toSorted()).toEqual(NAMES.toSorted());
    expect(new Set(roles).size).toBe(4);
    for (const { Content, DocumentType, UpdateMethod } of Object.values(documents)) {
      expect(Content.schemaVersion).toBe('0.3');
      expect(DocumentType).toBe('Automation');
      expect(UpdateMethod).toBe('NewVersion');
    }
  });

  it.each(NAMES)('%s may make each call of its steps', (name) => {
    const steps: Step[] = documents[name].Content.mainSteps;

    for (const { inputs } of steps) expect(allowedTo(name)).toContain(`${inputs.Service}:${inputs.Api}`);
  });

  it.each(NAMES)('%s refuses parameters that it does not know', (name) => {
    for (const parameter of Object.values<Record<string, unknown>>(documents[name].Content.parameters)) {
      expect(parameter.allowedValues ?? parameter.allowedPattern).toBeDefined();
      expect(parameter.description).toBeTypeOf('string');
    }
  });

  it.each(NAMES)('%s waits for an end, whichever, and fails when it is not the good one', (name) => {
    const steps: Step[] = documents[name].Content.mainSteps;
    const [wait, verify] = steps.slice(-2);

    expect(wait?.action).toBe('aws:waitForAwsResourceProperty');
    expect(verify?.action).toBe('aws:assertAwsResourceProperty');
    expect(verify?.inputs.DesiredValues).toHaveLength(1);
    expect(wait?.inputs.DesiredValues).toEqual(expect.arrayContaining([...(verify?.inputs.DesiredValues ?? [])]));
    expect(steps.every(({ onFailure }) => onFailure === 'Abort')).toBe(true);
  });

  it('take rules of this bus only, and times in UTC', () => {
    const { RuleArns, From } = documents.ReplayArchive.Content.parameters;
    const rule = (bus: string) => `arn:aws:events:eu-west-1:123456789012:rule/${bus}/${bus}-Invoice`;

    expect(rule('stripe-fanout-dev')).toMatch(new RegExp(RuleArns.allowedPattern));
    expect(rule('stripe-fanout-prod')).not.toMatch(new RegExp(RuleArns.allowedPattern));
    expect('2026-11-24T09:00:00Z').toMatch(new RegExp(From.allowedPattern));
    expect('2026-11-24 09:00').not.toMatch(new RegExp(From.allowedPattern));
  });

  it('ask somebody first where the configuration names approvers', () => {
    const approvers = ['arn:aws:iam::123456789012:role/OnCall'];
    const asked = documentsOf(synthesize({ alarms: { approvers } }).operations);

    for (const name of ['RedriveDlq', 'ReplayArchive']) {
      expect(asked[name].Content.mainSteps[0]).toMatchObject({
        action: 'aws:approve',
        inputs: { Approvers: approvers, MinRequiredApprovals: 1 },
      });
    }
    expect(asked.PauseDomain.Content.mainSteps[0].action).toBe('aws:executeAwsApi');
  });
});
