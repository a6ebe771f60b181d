import { describe, expect, it } from 'vitest';
import { HOUR, reconcilerWorld } from './reconciler-fakes.ts';

/** What a killed function's calls end with: all that come after, too. */
class Killed extends Error {}

/** A world in which the reconciler dies at its n-th step; each call is two, before it is made and after. */
async function dyingWorld(n: number) {
  let steps = 0;
  let dies = true;
  let diedAt = '';
  const world = await reconcilerWorld({
    step: (call) => {
      steps += 1;
      if (!dies || steps < n) return;
      if (diedAt === '') diedAt = call;
      throw new Killed(call);
    },
  });
  for (const one of world.wanted) await world.connect(one);
  return { ...world, diedAt: () => diedAt, revive: () => (dies = false) };
}

/** Enough for two pages, of which most is on the bus. */
async function play(n: number) {
  const world = await dyingWorld(n);
  const ids = world.arise({ type: 'invoice.paid' }, 130);
  const missing = ids.filter((_, index) => index % 40 === 0);
  for (const id of ids) if (!missing.includes(id)) world.know(id);
  const order = { since: Date.now() - 5 * HOUR, until: Date.now() };
  await world.run(order).catch((error: unknown) => {
    if (!(error instanceof Error)) throw error;
  });
  world.revive();
  // Until the claims and the hold on the job of the dead one are over.
  world.wait(15_001);
  let last = await world.run(order);
  for (let more = 0; last.outcome === 'more' && more < 3; more += 1) last = await world.run(order);
  const published = world.idsOnBus();
  const twice = published.length - new Set(published).size;
  const [repeated, diedAt] = [world.counts.get('PublishRepeated') ?? 0, world.diedAt()];
  await world[Symbol.asyncDispose]();
  return { diedAt, last, twice, repeated, left: missing.filter((id) => !published.includes(id)) };
}

describe('a reconciler that dies', () => {
  it('after any step ends complete when it runs again, and publishes nothing twice but what is counted as maybe published', async () => {
    const ends: Awaited<ReturnType<typeof play>>[] = [];
    for (let n = 1; ; n += 1) {
      const end = await play(n);
      if (end.diedAt === '') break;
      ends.push(end);
    }

    expect(ends.length).toBeGreaterThan(40);
    expect(ends.filter(({ last, left }) => last.outcome !== 'done' || left.length > 0)).toEqual([]);
    // Only between the bus's yes and the ledger's does nobody know.
    expect(ends.filter(({ twice, repeated }) => twice > repeated)).toEqual([]);
    const places = ends.filter(({ twice }) => twice > 0).map(({ diedAt }) => diedAt);
    expect(places).toContain('after bus.publish');
    expect(places.filter((place) => !/bus\.publish$|before ledger\.complete$/.test(place))).toEqual([]);
  });
});
