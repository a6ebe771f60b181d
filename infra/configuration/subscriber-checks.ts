import { SUBSCRIBER_NAME } from '../subscribe/route-to-subscriber.ts';
import { groupingProblems, wantedProblems } from '../subscribe/wanted-problems.ts';
import type { StageSettings } from './settings.ts';
import { type Check, each, fields, oneOf, text } from './shape-checks.ts';

/** Checked with the pattern that becomes of it, in {@link subscriberProblems}. */
const anything: Check = () => [];

const subscriber = fields(
  {
    name: text(SUBSCRIBER_NAME, '2 to 18 lower-case letters, digits and inner dashes, a letter first'),
    account: text(/^\d{12}$/, "an AWS account's id, 12 digits in quotes"),
    owner: text(/^.{1,128}$/, 'the name of a team'),
    events: each(text(/^\S+$/, "an event type, such as 'invoice.paid'")),
    where: fields({ livemode: oneOf(true, false), account: anything, object: anything, previousAttributes: anything }),
    replay: oneOf('ignore', 'only', 'both'),
    fifo: oneOf(true, false),
    allowUnknown: oneOf(true, false),
    allowUndecided: oneOf(true, false),
  },
  ['name', 'account', 'owner', 'events'],
);

/** The shape of `organization` and `subscribers`. */
export const subscriberSide = {
  organization: text(/^o-[a-z0-9]{10,32}$/, "an organization's id in AWS Organizations, such as 'o-a1b2c3d4e5'"),
  subscribers: each(subscriber),
} satisfies Readonly<Record<string, Check>>;

/** What the shape alone does not tell. */
export function subscriberProblems(stage: string, { organization, subscribers }: StageSettings): string[] {
  const names = subscribers.map(({ name }) => name);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  return [
    ...(subscribers.length > 0 && organization === undefined
      ? [
          `${stage}.subscribers are accounts of your organization, which may read what is too large for the bus: say which in ${stage}.organization.`,
        ]
      : []),
    ...twice.map((name) => `${stage}.subscribers has two named "${name}": rule and queue are named after it.`),
    ...subscribers.flatMap(({ events, where, replay = 'ignore', fifo = false, ...insistence }, index) => {
      const wanted = { events, replay, ...(where !== undefined && { where }) };
      const path = `${stage}.subscribers[${index}].`;
      const grouping = fifo ? groupingProblems(wanted).map((problem) => `${path}${problem}`) : [];
      return [...wantedProblems(wanted, insistence, path), ...grouping];
    }),
  ];
}
