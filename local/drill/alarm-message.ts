import type { DrillAlarm } from './drill-alarm.ts';

/**
 * What reaches the person on call, in the words of CloudWatch's own mail: for a page first the telephone, which rings
 * for the overall alarm, then the message about the alarm itself.
 * @param value what the metric showed
 */
export function alarmMessages(alarm: DrillAlarm, value: number): readonly string[] {
  const { name, severity, description, metric, comparison, threshold, overall } = alarm;
  const shown = Number.isInteger(value) ? value : Number(value.toFixed(1));
  const reason = `${metric}: 1 datapoint [${shown}] was ${comparison} the threshold (${threshold}).`;
  const message = [
    subject(name),
    '',
    ...description.split(/ (?=By console: |Runbook: )/),
    '',
    'State Change:       OK -> ALARM',
    `Reason:             Threshold Crossed: ${reason}`,
  ].join('\n');
  if (severity === 'ticket') return [message];
  return [[subject(overall.name), '', ...overall.description.split(/ (?=Runbooks: )/)].join('\n'), message];
}

function subject(name: string): string {
  return `Subject: ALARM: "${name}" in US East (N. Virginia)`;
}
