import { Aws } from 'aws-cdk-lib';
import { Alarm, AlarmRule, ComparisonOperator, CompositeAlarm, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { pascalCase } from '#shared/naming/output-names.ts';
import { alarmName, automationName } from '#shared/naming/resource-names.ts';
import type { AlarmSettings } from '../configuration/alarm-settings.ts';
import { ALARM_KINDS, type AlarmKind, type Severity } from '../operations/alarm-kinds.ts';
import type { AlarmSpec } from '../operations/alarm-spec.ts';

export interface PipelineAlarmsProps {
  readonly stage: string;
  readonly settings: AlarmSettings;
  readonly specs: readonly AlarmSpec[];
  /** Where someone is woken. */
  readonly page: Topic;
  /** Where each single alarm is announced, with its runbook. */
  readonly ticket: Topic;
}

/** An alarm with its name as text, which CloudFormation would only give as a reference. */
interface NamedAlarm {
  readonly name: string;
  readonly alarm: Alarm;
}

/**
 * The alarms and the two over them. Each alarm announces itself on the ticket topic; the telephone rings through the
 * one over all of severity `page`, so that a fault with twenty symptoms rings once.
 */
export class PipelineAlarms extends Construct {
  readonly bySeverity: Readonly<Record<Severity, readonly NamedAlarm[]>>;
  readonly overall: Readonly<Record<Severity, CompositeAlarm>>;
  private readonly props: PipelineAlarmsProps;
  private readonly kinds = new Map<string, Construct>();

  constructor(scope: Construct, id: string, props: PipelineAlarmsProps) {
    super(scope, id);
    this.props = props;
    const bySeverity: Record<Severity, NamedAlarm[]> = { page: [], ticket: [] };
    for (const spec of props.specs) {
      const severity = props.settings.severities[spec.kind] ?? ALARM_KINDS[spec.kind].severity;
      if (severity !== 'off') bySeverity[severity].push(this.addAlarm(spec, severity));
    }
    this.bySeverity = bySeverity;
    this.overall = {
      page: this.addOverall('page', 'needs-a-person-now', bySeverity.page),
      ticket: this.addOverall('ticket', 'needs-a-person-today', bySeverity.ticket),
    };
    this.overall.page.addAlarmAction(new SnsAction(props.page));
    this.overall.page.addOkAction(new SnsAction(props.page));
  }

  private addAlarm(spec: AlarmSpec, severity: Severity): NamedAlarm {
    const { stage, ticket } = this.props;
    const { kind, subject } = spec;
    const text: AlarmKind = ALARM_KINDS[kind];
    const about = (sentence: string) => sentence.replaceAll('{}', subject ?? '');
    const id = pascalCase(kind.replaceAll('-', '_'));
    const name = alarmName(stage, about(text.name));
    const alarm = new Alarm(this.scopeOf(id, subject), subject === undefined ? id : pascalCase(subject), {
      alarmName: name,
      alarmDescription: `[${severity}] ${about(text.means)} ${about(text.act)}${this.automation(text)} Runbook: ${this.runbook(kind)}`,
      metric: spec.metric,
      threshold: spec.threshold,
      comparisonOperator: spec.comparison ?? ComparisonOperator.GREATER_THAN_THRESHOLD,
      datapointsToAlarm: spec.datapoints ?? 1,
      evaluationPeriods: spec.of ?? 1,
      treatMissingData: spec.missing ?? TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(ticket));
    alarm.addOkAction(new SnsAction(ticket));
    return { name, alarm };
  }

  /** Alarms of a kind of which there are several stand below a construct of their own. */
  private scopeOf(kind: string, subject: string | undefined): Construct {
    if (subject === undefined) return this;
    const existing = this.kinds.get(kind) ?? new Construct(this, kind);
    this.kinds.set(kind, existing);
    return existing;
  }

  private addOverall(severity: Severity, says: string, alarms: readonly NamedAlarm[]): CompositeAlarm {
    const { stage } = this.props;
    const command = `aws cloudwatch describe-alarms --state-value ALARM --alarm-name-prefix ${alarmName(stage, '')}`;
    const composite = new CompositeAlarm(this, pascalCase(severity), {
      compositeAlarmName: alarmName(stage, says),
      alarmDescription: `At least one alarm of severity "${severity}" is on. Which: ${command} Runbooks: ${this.runbook('README')}`,
      // Names, for ARNs of a hundred alarms would not fit into a rule's 10,240 characters.
      alarmRule: AlarmRule.fromString(alarms.map(({ name }) => `ALARM("${name}")`).join(' OR ') || 'FALSE'),
    });
    composite.node.addDependency(...alarms.map(({ alarm }) => alarm));
    return composite;
  }

  /** Where the console starts it. */
  private automation({ automation }: AlarmKind): string {
    if (automation === undefined) return '';
    const page = 'https://console.aws.amazon.com/systems-manager/automation/execute';
    return ` By console: ${page}/${automationName(this.props.stage, automation)}?region=${Aws.REGION}`;
  }

  private runbook(page: string): string {
    return `${this.props.settings.runbooks}/${page}.md`;
  }
}
