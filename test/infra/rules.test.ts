import { describe, expect, it } from 'vitest';
import { ROUTES } from '#shared/catalogue/routes.ts';
import { excludedRoutes } from '#shared/patterns/excluded-routes.ts';
import { patternForRoute } from '#shared/patterns/pattern-for-route.ts';
import { THIN_PATTERN } from '#shared/patterns/thin-pattern.ts';
import { UNRECOGNIZED_PATTERN } from '#shared/patterns/unrecognized-pattern.ts';
import { type Resource, resourcesOf, resourceWhere, synthesize } from './synthesize.ts';

const allOn = { capital: { state: 'on' }, crypto: { state: 'on' }, forwarding: { state: 'on' } } as const;
const { pipeline, data } = synthesize({ domains: allOn });
const rules = resourcesOf(pipeline, 'AWS::Events::Rule');
const ruleOf = (id: string): Resource =>
  resourceWhere(pipeline, 'AWS::Events::Rule', 'Name', `stripe-fanout-dev-${id}`);
const logicalIdOf = (id: string) => Object.entries(rules).find(([, rule]) => rule === ruleOf(id))?.[0];

/** What an imported value is called in the Data stack: the logical id that its export refers to. */
function importedFrom(value: { 'Fn::ImportValue': string }): string {
  const output = Object.values(data.findOutputs('*')).find(({ Export }) => Export?.Name === value['Fn::ImportValue']);
  return output?.Value['Fn::GetAtt'][0];
}

function queueNameBehind(value: { 'Fn::ImportValue': string }): string {
  return resourcesOf(data, 'AWS::SQS::Queue')[importedFrom(value)]?.Properties.QueueName;
}

describe('rules', () => {
  it('has one rule per prefix, one for thin notifications and one for unrecognized types', () => {
    expect(Object.values(rules).map(({ Properties }) => Properties.Name)).toHaveLength(ROUTES.length + 2);
    expect(ROUTES).toHaveLength(72);
  });

  it.each(ROUTES)('deploys the pattern of $prefix as the routing table gives it', (route) => {
    expect(ruleOf(route.id).Properties.EventPattern).toEqual(patternForRoute(route));
  });

  it.each(ROUTES)('delivers $prefix to the queue of $domain, and what cannot be delivered to its DLQ', (route) => {
    const targets = ruleOf(route.id).Properties.Targets;

    expect(targets).toHaveLength(1);
    expect(queueNameBehind(targets[0].Arn)).toBe(`stripe-fanout-dev-${route.domain}`);
    expect(queueNameBehind(targets[0].DeadLetterConfig.Arn)).toBe(`stripe-fanout-dev-${route.domain}-dlq`);
  });

  it('keeps thin notifications for the resolver from the first day', () => {
    const { EventPattern, Targets } = ruleOf('Thin').Properties;

    expect(EventPattern).toEqual(THIN_PATTERN);
    expect(queueNameBehind(Targets[0].Arn)).toBe('stripe-fanout-dev-thin');
  });

  it('sends types that no prefix covers to a queue of their own', () => {
    const { EventPattern, Targets } = ruleOf('Unrecognized').Properties;

    expect(EventPattern).toEqual(UNRECOGNIZED_PATTERN);
    expect(queueNameBehind(Targets[0].Arn)).toBe('stripe-fanout-dev-unrecognized');
  });

  it('tries each delivery for 24 hours', () => {
    for (const { Properties } of Object.values(rules)) {
      expect(Properties.Targets[0].RetryPolicy).toEqual({
        MaximumEventAgeInSeconds: 86_400,
        MaximumRetryAttempts: 185,
      });
    }
  });

  it.each(ROUTES.filter((route) => excludedRoutes(route).length > 0))(
    'deploys $prefix after the rules it excludes, so that no event meets a gap',
    (route) => {
      const excluded = excludedRoutes(route).map(({ id }) => logicalIdOf(id));

      expect(ruleOf(route.id).DependsOn).toEqual(expect.arrayContaining(excluded));
    },
  );

  it('deploys the unrecognized rule after all that take their types from it', () => {
    expect(new Set(ruleOf('Unrecognized').DependsOn)).toEqual(new Set(ROUTES.map(({ id }) => logicalIdOf(id))));
  });

  it('uses no wildcard operator, of which a bus takes 30 rules', () => {
    expect(JSON.stringify(rules)).not.toContain('"wildcard"');
  });

  it('enables every rule', () => {
    expect(Object.values(rules).every(({ Properties }) => Properties.State === 'ENABLED')).toBe(true);
  });
});
