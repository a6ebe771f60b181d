import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { findEventType } from '#shared/catalogue/find-event-type.ts';
import { MAX_DESTINATIONS, wantedDestinations } from '#shared/destinations/wanted-destination.ts';
import { DEFAULT_DESTINATION } from '#shared/environment/destination.ts';
import { nearestName } from '#shared/naming/nearest-name.ts';
import type { StageSettings } from './settings.ts';
import { type Check, each, fields, oneOf, text } from './shape-checks.ts';
import { stripeConfigurationOf } from './stripe-configuration-of.ts';

const typeName = text(/^[a-z][a-z0-9_.[\]]{1,127}$/, "Stripe's name of an event type");

/** The shape of one of `destinations`. */
export const destinationConfig: Check = fields(
  {
    name: text(/^[a-z0-9-]{1,32}$/, '1 to 32 lower-case letters, digits and dashes'),
    mode: oneOf('live', 'test', 'both'),
    payload: oneOf('snapshot', 'thin', 'either'),
    accounts: oneOf('own', 'connected', 'either'),
    endpoint: oneOf('event-destination', 'classic'),
    alsoSend: each(typeName),
    leaveOut: each(typeName),
  },
  ['name', 'mode', 'payload', 'accounts'],
);

/** The shape of `stripeApiVersion` and `stripeAccounts`. */
export const stripeSide = {
  stripeApiVersion: text(/^\d{4}-\d{2}-\d{2}(\.[a-z]+)?$/, "a version of Stripe's API, such as '2026-10-28.endive'"),
  stripeAccounts: fields({
    live: text(/^acct_[A-Za-z0-9]+$/, "an account's id, acct_…"),
    test: text(/^acct_[A-Za-z0-9]+$/, "an account's id, acct_…"),
  }),
} satisfies Readonly<Record<string, Check>>;

/** What the shape alone does not tell. */
export function destinationProblems(stage: string, settings: StageSettings): string[] {
  const { destinations } = settings;
  const names = destinations.map(({ name }) => name);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  return [
    ...twice.map(
      (name) =>
        `${stage}.destinations has two named "${name}": each is a URL of its own, so give them different names.`,
    ),
    ...(names.includes(DEFAULT_DESTINATION)
      ? []
      : [
          `${stage}.destinations has none named "${DEFAULT_DESTINATION}", which is the one behind /webhooks/stripe: add it.`,
        ]),
    ...destinations
      .filter(({ endpoint, payload }) => endpoint === 'classic' && payload === 'thin')
      .map(
        ({ name }) =>
          `${stage}.destinations "${name}" is classic and thin: classic endpoints send snapshots only, so take endpoint away.`,
      ),
    ...destinations.flatMap(({ name, leaveOut = [] }) =>
      leaveOut.filter((type) => findEventType(type) === undefined).map((type) => unknownType(stage, name, type)),
    ),
    ...tooMany(stage, settings),
  ];
}

function unknownType(stage: string, name: string, type: string): string {
  const nearest = nearestName(
    type,
    EVENT_TYPES.map((entry) => entry.type),
  );
  const advice = nearest === undefined ? '"fanout types" lists them' : `did you mean "${nearest}"?`;
  return `${stage}.destinations "${name}" leaves out ${type}, which is not in the catalogue: ${advice}`;
}

function tooMany(stage: string, settings: StageSettings): string[] {
  return (['live', 'test'] as const).flatMap((mode) => {
    const { length } = wantedDestinations(stripeConfigurationOf(settings), mode, '');
    return length > MAX_DESTINATIONS
      ? [
          `${stage}.destinations are ${length} at Stripe in ${mode} mode, which allows ${MAX_DESTINATIONS}: declare fewer.`,
        ]
      : [];
  });
}
