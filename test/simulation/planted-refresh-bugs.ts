import { StripeNotFound } from '#shared/errors/stripe-errors.ts';
import type { ObjectRow } from '#shared/projection/object-row.ts';
import type { PlantedBug } from './planted-bugs.ts';

/** A handler that sees rows otherwise than they are stored. */
function seeing(change: (row: ObjectRow) => ObjectRow): NonNullable<PlantedBug['handler']> {
  return ({ objects, ...ports }) => ({
    ...ports,
    objects: {
      ...objects,
      async read(key, signal) {
        const row = await objects.read(key, signal);
        return row && change(row);
      },
    },
  });
}

const overwritten: PlantedBug = {
  name: 'no version fence: whoever writes a row overwrites it',
  handler: ({ objects, ...ports }) => ({
    ...ports,
    objects: {
      ...objects,
      async write(row, signal) {
        if (await objects.write(row, signal)) return true;
        const stored = await objects.read(row, signal);
        return objects.write({ ...row, version: (stored?.version ?? 0) + 1 }, signal);
      },
    },
  }),
};

const newestWins: PlantedBug = {
  name: 'whatever comes last taken for the newest',
  handler: seeing((row) => ({ ...row, asOf: 0 })),
};

const repeated: PlantedBug = {
  name: 'what a row was made of forgotten: the same comes to it again',
  handler: seeing((row) => ({ ...row, current: { ...row.current, event: '' } })),
};

const askedByWhoWrote: PlantedBug = {
  name: 'only who has written the row asks, and nobody when the message comes again',
  handler({ objects, refreshes, ...ports }) {
    let hasWritten = false;
    return {
      ...ports,
      objects: {
        ...objects,
        async write(row, signal) {
          hasWritten = await objects.write(row, signal);
          return hasWritten;
        },
      },
      refreshes: {
        async ask(request, delaySeconds, signal) {
          if (hasWritten) await refreshes.ask(request, delaySeconds, signal);
        },
      },
    };
  },
};

const askedInPassing: PlantedBug = {
  name: 'a request that the queue did not take forgotten',
  handler: ({ refreshes, ...ports }) => ({
    ...ports,
    refreshes: { ask: (request, delay, signal) => refreshes.ask(request, delay, signal).catch(() => undefined) },
  }),
};

const doneBeforeSent: PlantedBug = {
  name: 'done before the domain’s queue has the answer',
  refresh: ({ domains, ...ports }) => ({
    ...ports,
    domains: { send: async (...answer) => void domains.send(...answer).catch(() => undefined) },
  }),
};

const sentInPassing: PlantedBug = {
  name: 'an answer that the domain’s queue did not take forgotten',
  refresh: ({ domains, ...ports }) => ({
    ...ports,
    domains: { send: (...answer) => domains.send(...answer).catch(() => undefined) },
  }),
};

const clockAhead: PlantedBug = {
  name: 'a clock ahead of Stripe’s by more than the margin',
  refresh: ({ clock, ...ports }) => ({ ...ports, clock: { now: () => clock.now() + 11_000 } }),
};

const datedOnArrival: PlantedBug = {
  name: 'an answer dated when it came, and not when it was asked for',
  refresh: ({ clock, domains, ...ports }) => ({
    ...ports,
    clock,
    domains: {
      send(domain, body, signal) {
        const now = new Date(clock.now()).toISOString();
        return domains.send(domain, body.replace(/"resolvedAt":"[^"]*"/, `"resolvedAt":"${now}"`), signal);
      },
    },
  }),
};

const goneAtOnce: PlantedBug = {
  name: 'one answer of 404 taken for a deletion',
  refresh: ({ stripe, ...ports }) => ({
    ...ports,
    stripe: {
      request: (request, signal) =>
        stripe.request(request, signal).catch((error: unknown) => {
          if (!(error instanceof StripeNotFound)) throw error;
          const value = { id: 'in_1', object: 'invoice', deleted: true };
          return { status: 200, text: JSON.stringify(value), value };
        }),
    },
  }),
};

const knownTooSoon: PlantedBug = {
  name: 'a row that is as old as the request taken for newer',
  refresh: ({ objects, ...ports }) => ({
    ...ports,
    objects: {
      async read(key, signal) {
        const row = await objects.read(key, signal);
        return row && { ...row, asOf: row.asOf + 1 };
      },
    },
  }),
};

const droppedNotParked: PlantedBug = {
  name: 'what Stripe refuses for good dropped, and not parked',
  refresh: ({ messages, ...ports }) => ({ ...ports, messages: { ...messages, park: async () => undefined } }),
};

/** Bugs of who keeps rows and asks for more than events tell. */
const ASKING_BUGS: readonly PlantedBug[] = [overwritten, newestWins, askedByWhoWrote, askedInPassing];
/** Bugs of who answers. */
const ANSWERING_BUGS: readonly PlantedBug[] = [doneBeforeSent, sentInPassing, clockAhead, datedOnArrival, goneAtOnce];

/** Bugs that show where events tie. */
export const TIE_BUGS: readonly PlantedBug[] = [...ASKING_BUGS, repeated, ...ANSWERING_BUGS];
/** Bugs that show where a domain wants the latest. */
export const LATEST_BUGS: readonly PlantedBug[] = [...ASKING_BUGS, ...ANSWERING_BUGS, knownTooSoon];
/** Bugs that show where Stripe refuses to answer. */
export const REFUSED_BUGS: readonly PlantedBug[] = [droppedNotParked];
