import { type LedgerRows, rowKey } from '#shared/ledger/memory-ledger.ts';
import type { Sabotage } from './sabotage.ts';
import { RULES } from './stepped-ledger.ts';

/** A mistake that somebody could make; the simulation must find each, or it proves nothing. */
export interface PlantedBug extends Sabotage {
  readonly name: string;
}

const completeFirst: PlantedBug = {
  name: 'complete before the work',
  ledger: (ledger) => ({
    ...ledger,
    async claim(key, facts, signal) {
      const claimed = await ledger.claim(key, facts, signal);
      if (claimed.outcome === 'claimed') await ledger.complete(claimed.claim, signal);
      return claimed;
    },
    complete: async () => 'completed',
  }),
};

const noFence: PlantedBug = {
  name: 'no fence: whoever settles a row need not own it',
  rules: {
    ...RULES,
    markDone: (rows, claim) => RULES.markDone(rows, { ...claim, owner: ownerOf(rows, claim) }),
    giveBack: (rows, claim, code) => RULES.giveBack(rows, { ...claim, owner: ownerOf(rows, claim) }, code),
  },
};

const noRelease: PlantedBug = {
  name: 'no release after a known failure',
  ledger: (ledger) => ({ ...ledger, release: async () => 'released' }),
};

const claimedIsDone: PlantedBug = {
  name: 'a row that says "claimed" treated as done',
  ledger: (ledger) => ({
    ...ledger,
    async claim(key, facts, signal) {
      const claimed = await ledger.claim(key, facts, signal);
      return claimed.outcome === 'in_progress' ? { outcome: 'done' } : claimed;
    },
  }),
};

const leaseIgnored: PlantedBug = {
  name: 'lease ignored: a live owner is overtaken',
  rules: {
    ...RULES,
    bidFor(rows, key, bid) {
      const row = rows.get(rowKey(key));
      if (row?.status === 'claimed') rows.set(rowKey(key), { ...row, leaseUntil: Math.min(row.leaseUntil, bid.now) });
      return RULES.bidFor(rows, key, bid);
    },
  },
};

const leaseForEver: PlantedBug = {
  name: 'lease ignored: it never ends',
  rules: {
    ...RULES,
    bidFor(rows, key, bid) {
      const row = rows.get(rowKey(key));
      const isHeld = row?.status === 'claimed' && row.leaseUntil !== 0 && row.owner !== bid.owner;
      return isHeld ? undefined : RULES.bidFor(rows, key, bid);
    },
  },
};

const claimReopens: PlantedBug = {
  name: 'a claim that arrives late opens its own done row again',
  rules: {
    ...RULES,
    bidFor(rows, key, bid) {
      const row = rows.get(rowKey(key));
      if (row?.status === 'done' && row.owner === bid.owner) row.status = 'claimed';
      return RULES.bidFor(rows, key, bid);
    },
  },
};

/** Bugs of the ledger's use, which every program that goes by it must show. */
export const LEDGER_BUGS: readonly PlantedBug[] = [
  completeFirst,
  noFence,
  noRelease,
  claimedIsDone,
  leaseIgnored,
  leaseForEver,
  claimReopens,
];

const answerFirst: PlantedBug = {
  name: 'done before the bus has answered',
  bus: (bus) => ({
    async publish(entry, signal) {
      bus.publish(entry, signal).catch(() => undefined);
      return 'not waited for';
    },
  }),
};

const countedLater: PlantedBug = {
  name: 'an unknown outcome counted only when the invocation ends',
  telemetry: (telemetry) => ({ ...telemetry, countNow: (metric) => telemetry.count(metric) }),
};

const writtenAnyway: PlantedBug = {
  name: 'a failed write of an object taken for done',
  handler: ({ objects, ...ports }) => ({
    ...ports,
    objects: { ...objects, write: (row, signal) => objects.write(row, signal).catch(() => true) },
  }),
};

const stubbed: PlantedBug = {
  name: 'what is known without Stripe taken for its answer',
  stripe: (api) => ({
    request: (request, signal) =>
      api.request(request, signal).catch(() => {
        const value = { id: 'in_1', object: 'invoice' };
        return { status: 200, text: JSON.stringify(value), value };
      }),
  }),
};

const goneAtOnce: PlantedBug = {
  name: 'one answer of 404 taken for proof that the object is gone',
  resolverLedger: (ledger) => ({
    ...ledger,
    async claim(key, facts, signal) {
      const claimed = await ledger.claim(key, facts, signal);
      if (claimed.outcome !== 'claimed') return claimed;
      return { ...claimed, claim: { ...claimed.claim, lastFailure: 'stripe_not_found' } };
    },
  }),
};

const lookedOnly: PlantedBug = {
  name: 'a twin looked for, but not fenced off while it is published',
  resolverLedger: (ledger) => ({
    ...ledger,
    async claim(key, facts, signal) {
      if (key.stage !== 'publish') return ledger.claim(key, facts, signal);
      return { outcome: 'claimed', claim: { ...key, owner: 'nobody', leaseUntil: 0, takenOver: false } };
    },
  }),
};

const twinAssumed: PlantedBug = {
  name: 'a twin that is being published taken for published',
  resolverLedger: (ledger) => ({
    ...ledger,
    async claim(key, facts, signal) {
      const claimed = await ledger.claim(key, facts, signal);
      return key.stage === 'publish' && claimed.outcome === 'in_progress' ? { outcome: 'done' } : claimed;
    },
  }),
};

const twinUnknown: PlantedBug = {
  name: 'a notification whose twin is not looked for',
  destinations: [{ name: 'account', mode: 'both', payload: 'thin', accounts: 'own' }],
};

const flyingAssumed: PlantedBug = {
  name: 'an event in flight elsewhere taken for published',
  published: (events) => ({
    async standings(ids, signal) {
      const found = await events.standings(ids, signal);
      return new Map([...found].map(([id, standing]) => [id, standing === 'in flight' ? 'published' : standing]));
    },
  }),
};

/** Bugs of whoever publishes. */
export const PUBLISHING_BUGS: readonly PlantedBug[] = [answerFirst, countedLater];
/** Bugs that only the resolver can have. */
export const RESOLVER_BUGS: readonly PlantedBug[] = [stubbed, goneAtOnce];
/** Bugs that only show where a change is told in two styles. */
export const TWIN_BUGS: readonly PlantedBug[] = [lookedOnly, twinAssumed, twinUnknown];
/** Bugs that only who compares with the ledger can have. */
export const GAP_BUGS: readonly PlantedBug[] = [flyingAssumed];
/** Bugs that only a projection can have. */
export const PROJECTION_BUGS: readonly PlantedBug[] = [writtenAnyway];

function ownerOf(rows: LedgerRows, key: Parameters<typeof rowKey>[0]): string {
  return rows.get(rowKey(key))?.owner ?? '';
}
