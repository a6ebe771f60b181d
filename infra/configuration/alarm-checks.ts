import { ALARM_KIND_NAMES } from '../operations/alarm-kinds.ts';
import { badMessageMinutes } from './alarm-settings.ts';
import type { StageSettings } from './settings.ts';
import { type Check, each, fields, keyed, oneOf, text, wholeNumber } from './shape-checks.ts';

const recipients = fields({
  emails: each(text(/^[^@\s]+@[^@\s]+\.[^@\s]+$/, 'an e-mail address')),
  urls: each(text(/^https:\/\/[^\s]+$/, 'a URL that starts with https://')),
  slack: each(
    fields(
      {
        workspace: text(/^T[A-Z0-9]+$/, "the workspace's id, such as 'T0123ABCD'"),
        channel: text(/^[CG][A-Z0-9]+$/, "the channel's id, such as 'C0123ABCD'"),
      },
      'all required',
    ),
  ),
});

const hoursByDestination: Check = (value, path) =>
  fields(Object.fromEntries(Object.keys(Object(value)).map((name) => [name, wholeNumber(1, 168, 'hours')])))(
    value,
    path,
  );

/** The shape of `alarms`. */
export const alarmConfig: Check = fields({
  page: recipients,
  ticket: recipients,
  lateAfterMinutes: wholeNumber(1, 2_880, 'minutes'),
  failuresPerFiveMinutes: wholeNumber(1, 1_000_000, 'failures'),
  silentAfterHours: hoursByDestination,
  severities: keyed(ALARM_KIND_NAMES, oneOf('page', 'ticket', 'off')),
  runbooks: text(/^\S+$/, 'a URL or a path without spaces'),
  approvers: each(text(/^arn:aws[a-z-]*:(iam|sts)::\d{12}:\S+$/, 'the ARN of a role or user')),
});

/** What the shape alone does not tell. */
export function alarmProblems(stage: string, settings: StageSettings): string[] {
  const { alarms, retrySchedule, destinations, partnerEventSources } = settings;
  const least = badMessageMinutes(retrySchedule);
  const names = [...destinations, ...partnerEventSources].map(({ name }) => name);
  const unknown = Object.keys(alarms.silentAfterHours).filter((name) => !names.includes(name));
  return [
    ...(alarms.lateAfterMinutes > least
      ? []
      : [
          `${stage}.alarms.lateAfterMinutes is ${alarms.lateAfterMinutes}: one bad message looks late for ${least} minutes (the first three delays of retrySchedule), so write at least ${least + 1} or shorten the delays.`,
        ]),
    ...unknown.map(
      (name) =>
        `${stage}.alarms.silentAfterHours names "${name}", which is no destination: use one of ${names.join(', ')}.`,
    ),
  ];
}
