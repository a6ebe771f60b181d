import { DOMAINS, HANDLER_NAMES, UNRECOGNIZED } from '#shared/catalogue/domains.ts';
import { isStage } from '#shared/naming/resource-names.ts';
import { alarmConfig, alarmProblems } from './alarm-checks.ts';
import { concurrencyProblem } from './concurrency-plan.ts';
import { destinationConfig, destinationProblems, stripeSide } from './destination-checks.ts';
import { InvalidConfig } from './invalid-config.ts';
import { issuingAuthorizationConfig } from './issuing-authorization.ts';
import { partnerEventSource, partnerProblems } from './partner-checks.ts';
import { OFF_BY_DEFAULT, type StageSettings, settingsOf } from './settings.ts';
import { type Check, each, fields, keyed, oneOf, orElse, text, wholeNumber } from './shape-checks.ts';
import type { StageConfig } from './stage-config.ts';
import { stripeRateProblem } from './stripe-lane.ts';
import { subscriberProblems, subscriberSide } from './subscriber-checks.ts';

/** Days that CloudWatch Logs takes as a retention. */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
/** Most seconds SQS hides a message. */
const MAX_VISIBILITY = 43_200;

const handler = {
  projection: orElse(oneOf('full', 'off'), each(text(/^[a-z0-9_]+$/, 'a top-level field name of the Stripe object'))),
  freshness: oneOf('event', 'latest'),
  maxConcurrency: wholeNumber(2, 1_000, 'invocations at once'),
};

const domain = fields({
  ...handler,
  state: oneOf('on', 'draining', 'off'),
  drained: text(/^\d{4}-\d{2}-\d{2}$/, "the day the queue was seen empty, such as '2026-11-30'"),
});

const stageConfig: Check = fields({
  destinations: each(destinationConfig),
  partnerEventSources: each(partnerEventSource),
  issuingAuthorization: issuingAuthorizationConfig,
  ...stripeSide,
  domains: keyed(
    DOMAINS.map(({ name }) => name),
    domain,
  ),
  unrecognized: fields(handler),
  resolver: fields({
    requestsPerSecond: wholeNumber(4, 1_000, 'requests a second'),
    refreshesPerSecond: wholeNumber(2, 500, 'requests a second'),
    maxConcurrency: wholeNumber(2, 100, 'invocations at once'),
  }),
  handlerTimeoutSeconds: wholeNumber(5, 900, 'seconds'),
  handlerMemoryMb: wholeNumber(128, 10_240, 'MB'),
  batchingWindowSeconds: wholeNumber(0, 300, 'seconds'),
  retrySchedule: each(wholeNumber(0, MAX_VISIBILITY, 'seconds')),
  maxReceiveCount: wholeNumber(1, 1_000, 'receives'),
  inlineLimitBytes: wholeNumber(10_000, 950_000, 'bytes'),
  archiveDays: wholeNumber(1, 3_650, 'days'),
  logRetentionDays: oneOf(...LOG_RETENTION_DAYS),
  tracing: oneOf(true, false),
  throttle: fields({
    ratePerSecond: wholeNumber(1, 10_000, 'requests a second'),
    burst: wholeNumber(1, 5_000, 'requests at once'),
  }),
  accountConcurrency: wholeNumber(10, 1_000_000, 'invocations at once'),
  removalPolicy: oneOf('retain', 'destroy'),
  alarms: alarmConfig,
  ...subscriberSide,
  schemaRegistry: oneOf(true, false),
});

/**
 * Checks a stage's configuration and fills in its defaults.
 * @throws {InvalidConfig} naming every wrong value, what was expected, and what to write
 */
export function validateConfig(stage: string, config: StageConfig): StageSettings {
  const shape = stageConfig(config, stage);
  // Only a config of the right shape can be read as one.
  const problems = shape.length > 0 ? shape : [...stageProblems(stage), ...meaningProblems(stage, config)];
  if (problems.length > 0) throw new InvalidConfig(stage, problems);
  return settingsOf(stage, config);
}

function stageProblems(stage: string): string[] {
  return isStage(stage)
    ? []
    : [
        `The stage's name ${JSON.stringify(stage)} ends up in resource names: write 1 to 12 lower-case letters, digits and inner dashes, a letter first.`,
      ];
}

function meaningProblems(stage: string, config: StageConfig): string[] {
  const settings = settingsOf(stage, config);
  const problems = [concurrencyProblem(settings), stripeRateProblem(settings)];
  return [
    ...destinationProblems(stage, settings),
    ...partnerProblems(stage, settings),
    ...authorizationProblems(stage, settings),
    ...domainProblems(stage, config),
    ...freshnessProblems(stage, settings),
    ...alarmProblems(stage, settings),
    ...subscriberProblems(stage, settings),
    ...(settings.retrySchedule.length === 0
      ? [`${stage}.retrySchedule is empty: write at least one delay in seconds.`]
      : []),
    ...problems.flatMap((problem) => (problem === undefined ? [] : [`${stage}.${problem}`])),
  ];
}

function authorizationProblems(stage: string, settings: StageSettings): string[] {
  const { issuingAuthorization, destinations, partnerEventSources } = settings;
  const name = issuingAuthorization?.destination.name;
  return [...destinations, ...partnerEventSources].some((other) => other.name === name)
    ? [`${stage}.issuingAuthorization is named "${name}", as a destination is: give it a name of its own.`]
    : [];
}

function freshnessProblems(stage: string, { handlers }: StageSettings): string[] {
  const wanting = HANDLER_NAMES.filter(
    (name) => handlers[name].freshness === 'latest' && handlers[name].projection === 'off',
  );
  return wanting.map((name) => {
    const path = `${stage}.${name === UNRECOGNIZED ? name : `domains.${name}`}`;
    return `${path}.freshness is "latest", but with projection "off" nothing is kept: leave one of them out.`;
  });
}

function domainProblems(stage: string, { domains = {} }: StageConfig): string[] {
  return DOMAINS.flatMap(({ name }) => {
    const { state, drained } = domains[name] ?? {};
    const path = `${stage}.domains.${name}`;
    if (state === 'off' && drained === undefined && !OFF_BY_DEFAULT.includes(name)) {
      return [
        `${path} goes off, but its queue may still hold messages: write { state: 'draining' }, deploy, wait until the ` +
          `queue is empty, then write { state: 'off', drained: 'YYYY-MM-DD' } with that day.`,
      ];
    }
    if (state !== 'off' && drained !== undefined) return [`${path} is ${state ?? 'not off'}, so remove its "drained".`];
    return [];
  });
}
