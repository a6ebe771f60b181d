import { alarmName } from '#shared/naming/resource-names.ts';
import { type ResolvedAssembly, resourcesOf } from '../assembly/resolve-assembly.ts';
import { TemplateError } from '../assembly/template-error.ts';
import type { JsonReader } from '../json-reader.ts';

/** An alarm as the templates have it. */
export interface DrillAlarm {
  readonly name: string;
  readonly severity: 'page' | 'ticket';
  /** What the message says. */
  readonly description: string;
  /** File in `docs/runbooks`. */
  readonly runbook: string;
  readonly metric: string;
  readonly threshold: number;
  readonly comparison: string;
  /** The alarm over all of its severity, by which somebody is woken. */
  readonly overall: { readonly name: string; readonly description: string };
  /** Whether a value of the metric is beyond the threshold. */
  isOn(value: number): boolean;
}

const COMPARISONS: Readonly<Record<string, readonly [string, (value: number, threshold: number) => boolean]>> = {
  GreaterThanThreshold: ['greater than', (value, threshold) => value > threshold],
  GreaterThanOrEqualToThreshold: ['greater than or equal to', (value, threshold) => value >= threshold],
};

/**
 * Finds an alarm in the templates.
 * @param says its name without the stage's
 * @throws {TemplateError} there is none, or it is of a form that no scenario has
 */
export function drillAlarm(assembly: ResolvedAssembly, stage: string, says: string): DrillAlarm {
  const name = alarmName(stage, says);
  const alarm = resourcesOf(assembly, 'AWS::CloudWatch::Alarm').find(
    ({ properties }) => properties.string('AlarmName') === name,
  );
  if (alarm === undefined) throw new TemplateError(`There is no alarm ${name} in the templates.`);
  const { properties } = alarm;
  const description = properties.string('AlarmDescription');
  const [, severity] = /^\[(page|ticket)\]/.exec(description) ?? [];
  const [, runbook] = /Runbook: \S*?([a-z-]+\.md)$/.exec(description) ?? [];
  const [comparison, test] = COMPARISONS[properties.string('ComparisonOperator')] ?? [];
  if (runbook === undefined || comparison === undefined || test === undefined) {
    throw new TemplateError(`The alarm ${name} names no runbook, or compares in a way that a drill cannot.`);
  }
  const threshold = properties.number('Threshold');
  return {
    name,
    severity: severity === 'page' ? 'page' : 'ticket',
    description,
    runbook,
    metric: metricOf(properties),
    threshold,
    comparison,
    overall: overallOf(assembly, stage, severity === 'page' ? 'needs-a-person-now' : 'needs-a-person-today'),
    isOn: (value) => test(value, threshold),
  };
}

/** An alarm over an expression or a query has the name of its label. */
function metricOf(properties: JsonReader): string {
  const [first] = properties.objects('Metrics');
  return properties.optionalString('MetricName') ?? first?.optionalString('Label') ?? 'the metric';
}

function overallOf(assembly: ResolvedAssembly, stage: string, says: string): DrillAlarm['overall'] {
  const name = alarmName(stage, says);
  const composite = resourcesOf(assembly, 'AWS::CloudWatch::CompositeAlarm').find(
    ({ properties }) => properties.string('AlarmName') === name,
  );
  return { name, description: composite?.properties.string('AlarmDescription') ?? '' };
}
