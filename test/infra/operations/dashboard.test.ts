import { describe, expect, it } from 'vitest';
import { QUEUE_OWNERS } from '#shared/naming/resource-names.ts';
import { refreshDimensions, resolverDimensions } from '#shared/telemetry/metric-dimensions.ts';
import { METRICS } from '#shared/telemetry/metric-names.ts';
import { resourcesOf, synthesize } from '../synthesize.ts';
import { WRITTEN_BY_AWS } from './written-metrics.ts';

const { operations } = synthesize();
const [dashboard] = Object.values(resourcesOf(operations, 'AWS::CloudWatch::Dashboard'));
/** The body with every reference left out: what it shows is text. */
const body: string = dashboard?.Properties.DashboardBody['Fn::Join'][1]
  .map((part: unknown) => (typeof part === 'string' ? part : 'x'))
  .join('');

interface Widget {
  readonly x: number;
  readonly y: number;
  readonly properties: { readonly title?: string; readonly metrics?: readonly (readonly unknown[])[] };
}

describe('the dashboard', () => {
  it('reads from left to right and top to bottom like the pipeline', () => {
    const widgets: Widget[] = JSON.parse(body).widgets;
    const titles = widgets
      .toSorted((one, other) => one.y - other.y || one.x - other.x)
      .map(({ properties }) => properties.title ?? '');

    const numbered = titles.flatMap((title) => /^(\d[a-z]?) /.exec(title)?.[1] ?? []);
    expect(numbered).toEqual(['1', '2', '3', '3a', '3b', '3c', '4', '5', '6', '7']);
    expect(titles).toEqual(
      expect.arrayContaining([
        'Alarms',
        'Created to handled, p50 (ms), by domain',
        'Created to handled, p95 (ms), by domain',
        'Created to handled, p99 (ms), by domain',
        'Types that no rule covers',
        'Estimated cost of the day ($, dev)',
      ]),
    );
  });

  it('searches for metrics that are written, under the dimensions they are written with', () => {
    const searches = [...body.matchAll(/SEARCH\('\{([^}]+)\} MetricName=\\"(\w+)\\"/g)];

    expect(searches.length).toBeGreaterThan(10);
    for (const [, schema = '', name = ''] of searches) {
      const [namespace = '', ...dimensions] = schema.split(',');
      const written: readonly string[] = namespace === 'StripeFanout' ? METRICS : (WRITTEN_BY_AWS[namespace] ?? []);

      expect(written).toContain(name);
      expect(['destination,service,stage', 'domain,service,stage', 'EventBusName,RuleName']).toContain(
        dimensions.join(),
      );
    }
  });

  it('shows of the resolver metrics that it writes, under its own dimensions', () => {
    const widgets: Widget[] = JSON.parse(body).widgets;
    const shown = widgets
      .filter(({ properties }) => /^3[abc] |resolved/.test(properties.title ?? ''))
      .flatMap(({ properties }) => properties.metrics ?? []);

    expect(shown.length).toBeGreaterThan(10);
    for (const [namespace, name, ...dimensions] of shown) {
      expect([namespace, METRICS.some((known) => known === name)]).toEqual(['StripeFanout', true]);
      expect(dimensions.filter((one) => typeof one === 'string')).toEqual(
        Object.entries(String(name).startsWith('State') ? refreshDimensions('dev') : resolverDimensions('dev'))
          .toSorted()
          .flat(),
      );
    }
  });

  it('counts what was accepted, duplicate and matched, what waits, fails and is given up, each where it happens', () => {
    const widgets: Widget[] = JSON.parse(body).widgets;
    const text = (number: number) =>
      JSON.stringify(widgets.find(({ properties }) => properties.title?.startsWith(`${number} `)));

    for (const name of ['Accepted', 'Duplicate', 'InFlight', 'Refused', 'Unavailable']) expect(text(2)).toContain(name);
    for (const name of ['MatchedEvents', 'FailedInvocations', 'InvocationsSentToDlq']) expect(text(3)).toContain(name);
    for (const owner of QUEUE_OWNERS) {
      expect(text(4)).toContain(`"stripe-fanout-dev-${owner}"`);
      expect(text(7)).toContain(`"stripe-fanout-dev-${owner}-dlq"`);
    }
    expect(text(5)).toContain('Handled');
    expect(text(6)).toContain('Failed');
    expect(text(7)).toContain('"stripe-fanout-dev-bus-dlq"');
  });

  it('shows every alarm', () => {
    const alarms = Object.keys(resourcesOf(operations, 'AWS::CloudWatch::Alarm')).length + 2;

    expect(
      JSON.parse(body).widgets.find(({ properties }: Widget) => properties.title === 'Alarms').properties.alarms,
    ).toHaveLength(alarms);
  });
});

describe('the saved queries', () => {
  it('search the logs of all functions, at most fifty as Logs Insights takes', () => {
    for (const { Properties } of Object.values(resourcesOf(operations, 'AWS::Logs::QueryDefinition'))) {
      expect(Properties.LogGroupNames).toContain('/aws/lambda/stripe-fanout-dev-ingress');
      expect(Properties.LogGroupNames).toContain('/aws/lambda/stripe-fanout-dev-handler-billing');
      expect(Properties.LogGroupNames.length).toBeLessThanOrEqual(50);
      expect(Properties.Name).toMatch(/^stripe-fanout-dev\//);
    }
  });
});

describe('the delivery check', () => {
  it('runs every two hours and may read metrics and replays, and nothing else', () => {
    operations.hasResourceProperties('AWS::Scheduler::Schedule', { ScheduleExpression: 'rate(2 hours)' });
    const [role] = Object.values(resourcesOf(operations, 'AWS::Lambda::Function')).map(
      ({ Properties }) => Properties.Role['Fn::GetAtt'][0],
    );
    const actions = Object.values(resourcesOf(operations, 'AWS::IAM::Policy'))
      .filter(({ Properties }) => Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === role))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .flatMap(({ Action }) => Action);

    expect(actions.toSorted()).toEqual([
      'cloudwatch:GetMetricData',
      'events:DescribeReplay',
      'events:ListReplays',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
  });

  it('is told the domains whose events are handled, not those that are draining or off', () => {
    const { operations: draining } = synthesize({ domains: { tax: { state: 'draining' } } });
    const [check] = Object.values(resourcesOf(draining, 'AWS::Lambda::Function'));
    const domains = JSON.parse(check?.Properties.Environment.Variables.HANDLED_DOMAINS);

    expect(domains).toContain('billing');
    expect(domains).toContain('unrecognized');
    expect(domains).not.toContain('tax');
    expect(domains).not.toContain('capital');
  });
});
