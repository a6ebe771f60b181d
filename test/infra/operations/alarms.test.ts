import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ALARM_KIND_NAMES, ALARM_KINDS, type AlarmKind } from '#infra/operations/alarm-kinds.ts';
import {
  authorizerDimensions,
  type Dimensions,
  deliveryCheckDimensions,
  destinationCheckDimensions,
  handlerDimensions,
  ingressDimensions,
  METRIC_NAMESPACE,
  partnerDimensions,
  partnerQueueDimensions,
  reconcilerDimensions,
  resolverDimensions,
} from '#shared/telemetry/metric-dimensions.ts';
import { METRICS } from '#shared/telemetry/metric-names.ts';
import { resourcesOf, synthesize } from '../synthesize.ts';
import { alarmsOf, isQuery, lookBack, type WatchedMetric, watchedBy } from './alarm-metrics.ts';
import { WRITTEN_BY_AWS } from './written-metrics.ts';

const root = join(import.meta.dirname, '../../..');
const { data, pipeline, operations } = synthesize({
  alarms: { silentAfterHours: { connect: 6, bridge: 2 } },
  partnerEventSources: [{ source: 'aws.partner/stripe.com/ed_1', name: 'bridge' }],
  issuingAuthorization: { fallback: 'decline', name: 'cards' },
});
const alarms = alarmsOf(operations);
const EACH = Object.entries(alarms);
const HOUR = 3_600;

/** Every set of dimensions that a function of this stage writes metrics under. */
const WRITTEN: readonly Dimensions[] = Object.values({
  ...resourcesOf(pipeline, 'AWS::Lambda::Function'),
  ...resourcesOf(operations, 'AWS::Lambda::Function'),
}).flatMap(({ Properties }): Dimensions[] => {
  const { Variables } = Properties.Environment;
  const { POWERTOOLS_SERVICE_NAME: service, DOMAIN, DESTINATIONS, PARTNER_SOURCES, AUTHORIZATIONS_FROM } = Variables;
  if (service === 'ingress')
    return JSON.parse(DESTINATIONS).map(({ name }: { name: string }) => ingressDimensions('dev', name));
  if (service === 'authorizer') return [authorizerDimensions('dev', JSON.parse(AUTHORIZATIONS_FROM).name)];
  if (service === 'partner-ingress') {
    const sources: { name: string }[] = JSON.parse(PARTNER_SOURCES);
    return [partnerQueueDimensions('dev'), ...sources.map(({ name }) => partnerDimensions('dev', name))];
  }
  if (service === 'delivery-check') return [deliveryCheckDimensions('dev')];
  if (service === 'reconciler') return [reconcilerDimensions('dev')];
  if (service === 'destination-check') return [destinationCheckDimensions('dev')];
  return service === 'resolver' ? [resolverDimensions('dev')] : [handlerDimensions('dev', DOMAIN)];
});

const EXISTING: Readonly<Record<string, readonly unknown[]>> = {
  EventBusName: Object.values(resourcesOf(pipeline, 'AWS::Events::EventBus')).map(({ Properties }) => Properties.Name),
  QueueName: Object.values(resourcesOf(data, 'AWS::SQS::Queue')).map(({ Properties }) => Properties.QueueName),
  FunctionName: Object.values({
    ...resourcesOf(pipeline, 'AWS::Lambda::Function'),
    ...resourcesOf(operations, 'AWS::Lambda::Function'),
  }).map(({ Properties }) => Properties.FunctionName),
};

function whyNeverWritten({ namespace, name, dimensions }: WatchedMetric): string | undefined {
  if (namespace !== METRIC_NAMESPACE) {
    if (!WRITTEN_BY_AWS[namespace]?.includes(name)) return `AWS writes no ${namespace} ${name}`;
    const [[dimension, value] = []] = Object.entries(dimensions ?? {});
    const exists = dimension === undefined || dimension === 'ApiId' || EXISTING[dimension]?.includes(value);
    return exists ? undefined : `there is no ${dimension} ${value}`;
  }
  if (!METRICS.some((written) => written === name)) return `no function writes ${name}`;
  if (dimensions === undefined) return undefined;
  const sorted = (some: object) => JSON.stringify(Object.entries(some).toSorted());
  return WRITTEN.some((some) => sorted(some) === sorted(dimensions))
    ? undefined
    : `nothing is written under ${sorted(dimensions)}`;
}

describe('each alarm', () => {
  it.each(EACH)('%s looks at metrics that are written', (_, alarm) => {
    const watched = watchedBy(alarm);

    expect(watched.length).toBeGreaterThan(0);
    expect(watched.map(whyNeverWritten).filter(Boolean)).toEqual([]);
  });

  it.each(EACH)(
    '%s has a runbook page and says what to do, in as much as an alarm may say',
    (_, { AlarmDescription }) => {
      const page = / Runbook: (docs\/runbooks\/[a-z0-9-]+\.md)$/.exec(AlarmDescription)?.[1] ?? 'no link';

      expect(existsSync(join(root, page)), page).toBe(true);
      expect(AlarmDescription).toMatch(/^\[(page|ticket)\] \S+ .+\. .+\. (By console: \S+ )?Runbook: /);
      expect(AlarmDescription).not.toContain('{}');
      expect(AlarmDescription.length).toBeLessThanOrEqual(1_024);
    },
  );

  it.each(EACH.filter(([name]) => !name.endsWith('-is-silent')))(
    '%s is silent on a quiet or a new stack',
    (_, alarm) => {
      expect(alarm.TreatMissingData).toBe('notBreaching');
      expect(alarm.ComparisonOperator).toMatch(/^GreaterThan/);
      // A count of nothing, 0, must not be enough.
      expect(alarm.Threshold).toBeGreaterThanOrEqual(alarm.ComparisonOperator === 'GreaterThanThreshold' ? 0 : 1);
    },
  );

  it.each(EACH)('%s looks back no further than CloudWatch lets it', (_, alarm) => {
    // Three hours for a query; a day, or a week where a period is an hour or longer, for a metric.
    const longest = isQuery(alarm) ? 3 * HOUR : (alarm.Period ?? 0) >= HOUR ? 7 * 24 * HOUR : 24 * HOUR;

    expect(lookBack(alarm)).toBeLessThanOrEqual(longest);
    expect(alarm.DatapointsToAlarm).toBeLessThanOrEqual(alarm.EvaluationPeriods);
  });
});

describe('the alarms', () => {
  it.each(ALARM_KIND_NAMES.filter((kind) => !kind.startsWith('resolver-')))(
    'of kind %s link to the automation that helps, which is deployed and stands in the runbook too',
    (kind) => {
      const { automation }: AlarmKind = ALARM_KINDS[kind];
      const documents = Object.values(resourcesOf(operations, 'AWS::SSM::Document'));
      const names = documents.map(({ Properties }) => Properties.Name);
      const texts = EACH.map(([, alarm]) => alarm.AlarmDescription).filter((text) => text.endsWith(`/${kind}.md`));
      const page = readFileSync(join(root, 'docs/runbooks', `${kind}.md`), 'utf8');

      expect(texts.length).toBeGreaterThan(0);
      for (const text of texts) {
        const [, document, region] = /By console: .*\/automation\/execute\/(\S+)\?region=(\S+)/.exec(text) ?? [];

        expect(document).toBe(automation && `stripe-fanout-dev-${automation}`);
        if (automation !== undefined) expect([names.includes(document), region]).toEqual([true, 'eu-west-1']);
      }
      if (automation !== undefined) expect(page).toContain(`stripe-fanout-$STAGE-${automation}`);
    },
  );

  it('watch every DLQ that something new can come into, and leave the others to the check of what expires soon', () => {
    const watched = (template: typeof operations) =>
      Object.entries(alarmsOf(template))
        .filter(([name]) => name.endsWith('-dead-letters'))
        .flatMap(([, alarm]) => watchedBy(alarm))
        .map(({ dimensions }) => String(dimensions?.QueueName).replace('stripe-fanout-dev-', ''));
    const dlqs = EXISTING.QueueName?.filter((name) => String(name).endsWith('-dlq')).map((name) =>
      String(name).replace('stripe-fanout-dev-', ''),
    );
    const off = ['capital-dlq', 'crypto-dlq', 'forwarding-dlq'];
    const without = watched(synthesize().operations);
    const draining = watched(synthesize({ domains: { tax: { state: 'draining' } } }).operations);

    expect(watched(operations).toSorted()).toEqual(dlqs?.filter((name) => !off.includes(name)).toSorted());
    expect(without.toSorted()).toEqual(dlqs?.filter((name) => ![...off, 'partner-dlq'].includes(name)).toSorted());
    expect(draining).toContain('tax-dlq');
  });

  it('watch the age of every queue that a function drains, but for the one in which no event waits', () => {
    const drained = Object.values(resourcesOf(pipeline, 'AWS::Lambda::EventSourceMapping')).length;

    expect(EACH.filter(([name]) => name.endsWith('-is-late'))).toHaveLength(drained - 1);
    expect(alarms['refresh-is-late']).toBeUndefined();
    expect(alarms['refresh-has-dead-letters']).toBeDefined();
    expect(alarms['capital-is-late']).toBeUndefined();
  });

  it('watch the rules by one query per metric, not one alarm per rule', () => {
    const metrics = EACH.filter(([, alarm]) => isQuery(alarm))
      .flatMap(([, alarm]) => watchedBy(alarm))
      .filter(({ namespace }) => namespace === 'AWS/Events');

    expect(metrics.map(({ name }) => name).toSorted()).toEqual([
      'FailedInvocations',
      'InvocationsFailedToBeSentToDlq',
      'InvocationsSentToDlq',
      'ThrottledRules',
    ]);
  });

  it('have names that two stages do not share', () => {
    const names = (stage: string) =>
      Object.values(resourcesOf(synthesize({}, stage).operations, 'AWS::CloudWatch::Alarm')).map(
        ({ Properties }) => Properties.AlarmName,
      );

    expect(new Set([...names('blue'), ...names('green')]).size).toBe(2 * names('blue').length);
  });

  it('are of every kind there is, but for the resolver’s where there is none', () => {
    const kinds = EACH.map(([, { AlarmDescription }]) => /runbooks\/(.+)\.md$/.exec(AlarmDescription)?.[1]);
    const hasResolver = WRITTEN.some(({ service }) => service === 'resolver');

    expect([...new Set(kinds)].toSorted()).toEqual(
      ALARM_KIND_NAMES.filter((kind) => hasResolver || !kind.startsWith('resolver-')).toSorted(),
    );
  });

  it('take a message for late only after any single bad one would have been out of sight', () => {
    // 60 + 300 + 900 seconds are the first three delays, and five minutes more.
    expect(alarms['billing-is-late'].Threshold).toBe(26 * 60);
    expect(alarmsOf(synthesize({ retrySchedule: [10] }).operations)['billing-is-late'].Threshold).toBe(6 * 60);
  });

  it('take the ingress for slow at half of its timeout', () => {
    const ingress = Object.values(resourcesOf(pipeline, 'AWS::Lambda::Function')).find(
      ({ Properties }) => Properties.FunctionName === 'stripe-fanout-dev-ingress',
    );

    expect(alarms['ingress-is-slow']).toMatchObject({
      Threshold: ingress?.Properties.Timeout * 500,
      ExtendedStatistic: 'p99',
    });
  });

  it('count silence only where the configuration asks for it, and there take no data for silence', () => {
    const silent = EACH.filter(([name]) => name.endsWith('-is-silent'));

    expect(silent.map(([name]) => name).toSorted()).toEqual([
      'destination-bridge-is-silent',
      'destination-connect-is-silent',
    ]);
    expect(alarms['destination-connect-is-silent']).toMatchObject({
      TreatMissingData: 'breaching',
      Period: HOUR,
      EvaluationPeriods: 6,
      DatapointsToAlarm: 6,
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
    });
  });

  it('take the severity that the configuration gives a kind, or are left out', () => {
    const changed = synthesize({ alarms: { severities: { late: 'ticket', 'ingress-slow': 'off' } } }).operations;
    const rules = overall(changed);

    expect(rules['needs-a-person-now']).not.toContain('-is-late');
    expect(rules['needs-a-person-today']).toContain('ALARM("stripe-fanout-dev-billing-is-late")');
    expect(alarmsOf(changed)['ingress-is-slow']).toBeUndefined();
  });
});

describe('the two overall alarms', () => {
  const rules = overall(operations);

  it('are on when any alarm of their severity is', () => {
    const severities = { page: 'needs-a-person-now', ticket: 'needs-a-person-today' } as const;
    for (const [, { AlarmName, AlarmDescription }] of EACH) {
      const severity = AlarmDescription.startsWith('[page]') ? 'page' : 'ticket';

      expect(rules[severities[severity]]).toContain(`ALARM("${AlarmName}")`);
      expect(rules[severities[severity === 'page' ? 'ticket' : 'page']]).not.toContain(`ALARM("${AlarmName}")`);
    }
  });

  it('fit into what CloudWatch takes: a hundred alarms and 10,240 characters', () => {
    for (const rule of Object.values(rules)) {
      expect(rule.split(' OR ').length).toBeLessThanOrEqual(100);
      expect(rule.length).toBeLessThanOrEqual(10_240);
    }
  });

  it('are made after the alarms they name', () => {
    const ids = Object.keys(resourcesOf(operations, 'AWS::CloudWatch::Alarm'));
    const composites = Object.values(resourcesOf(operations, 'AWS::CloudWatch::CompositeAlarm'));

    expect(composites.flatMap(({ DependsOn }) => DependsOn ?? []).toSorted()).toEqual(ids.toSorted());
  });
});

function overall(template: typeof operations): Record<string, string> {
  return Object.fromEntries(
    Object.values(resourcesOf(template, 'AWS::CloudWatch::CompositeAlarm')).map(({ Properties }) => [
      Properties.AlarmName.replace('stripe-fanout-dev-', ''),
      Properties.AlarmRule,
    ]),
  );
}
