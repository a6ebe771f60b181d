import { describe, expect, it } from 'vitest';
import { chaosPlan, FEWEST_EVENTS } from '#local/chaos/chaos-plan.ts';
import { killsOn, strikesOn, strikesOnResolving } from '#local/chaos/strikes.ts';
import { objectKey } from '#shared/projection/object-key.ts';

const options = { events: 1_000, seed: 7, now: 1_800_000_000 };
const plan = chaosPlan(options);

describe('the plan of a chaos run', () => {
  it('is the same for the same seed, whenever it begins, and another for another seed', () => {
    const later = chaosPlan({ ...options, now: options.now + 1_000 });
    const other = chaosPlan({ ...options, seed: 8 });

    expect(later.schedule).toBe(plan.schedule);
    expect(later.events.map(({ event }) => event.id)).toEqual(plan.events.map(({ event }) => event.id));
    expect(later.sendings).toEqual(plan.sendings);
    expect(other.schedule).not.toBe(plan.schedule);
  });

  it.each([FEWEST_EVENTS, 501, 3_000])('has exactly as many different events as were asked for: %d', (events) => {
    const ids = chaosPlan({ ...options, events }).events.map(({ event }) => event.id);

    expect(new Set(ids).size).toBe(events);
  });

  it('refuses fewer events than can meet with everything', () => {
    expect(() => chaosPlan({ ...options, events: FEWEST_EVENTS - 1 })).toThrow(RangeError);
  });

  it('tells of each object in one history only, so that its end is known', () => {
    const keys = plan.histories.map(({ events }) => JSON.stringify(events[0] && objectKey(events[0])));

    expect(new Set(keys).size).toBe(keys.length);
  });

  it('lets events of one second be told apart by what Stripe says of them, but for the last two of some', () => {
    for (const { events, endsOpen } of plan.histories) {
      const bySecond = Map.groupBy(events, ({ created }) => created);
      for (const tied of bySecond.values()) {
        if (endsOpen && tied.at(-1) === events.at(-1)) continue;
        for (const event of tied.slice(1)) {
          const isEnd = event.type.endsWith('.deleted');
          expect(isEnd || event.data.previous_attributes).toBeTruthy();
        }
      }
    }
    expect(plan.histories.some(({ events }) => new Set(events.map((e) => e.created)).size < events.length)).toBe(true);
  });

  it('sends every event, some more than once, and not in the order in which they happened', () => {
    const sent = plan.sendings.map(({ index }) => index);
    expect(new Set(sent).size).toBe(1_000);
    expect(sent.length).toBeGreaterThan(1_100);
    const firsts = sent.filter((index, at) => sent.indexOf(index) === at);
    expect(firsts).not.toEqual(firsts.toSorted((a, b) => a - b));
  });

  it('sends some events over the partner bus, alone or by webhook too, and some of them twice there', () => {
    const waysSent = (index: number) => plan.sendings.filter((one) => one.index === index).map(({ way }) => way);
    const sent = plan.events.map(({ ways }, index) => ({ ways, sent: waysSent(index) }));

    for (const { ways, sent: by } of sent) expect(new Set(by)).toEqual(new Set(ways));
    const alone = sent.filter(({ ways }) => ways.length === 1 && ways[0] === 'partner');
    const both = sent.filter(({ ways }) => ways.length === 2);
    expect(alone.length).toBeGreaterThan(80);
    expect(both.length).toBeGreaterThan(80);
    expect(new Set(both.map(({ sent: [first] }) => first))).toEqual(new Set(['webhook', 'partner']));
    expect(alone.filter(({ sent: by }) => by.length > 1).length).toBeGreaterThan(8);
    expect(new Set(plan.tellings.map(({ way }) => way))).toEqual(new Set(['webhook', 'partner']));
  });

  it.each([FEWEST_EVENTS, 150, 500, 2_000])(
    'asks Stripe often enough to meet each failure of its API, of %d events',
    (events) => {
      const { moments } = chaosPlan({ ...options, events });
      const failures = moments.flatMap((moment) => (moment.what === 'Stripe fails' ? [moment] : []));
      const last = Math.max(...failures.map(({ at }) => at));
      const toldAfter = moments.filter(
        (moment) => moment.what === 'telling' && moment.telling.style === 'thin' && moment.at > last,
      );

      // A true answer, however late, and a 401 are the last that a notification asks for; after all others it asks again.
      const ends = failures.filter(({ fault }) => fault.answer === 'normal' || fault.answer === 401);
      const asked = ends.reduce((sum, { fault }) => sum + Number(fault.times), 0);
      expect(failures.length).toBeGreaterThan(3);
      expect(toldAfter.length).toBeGreaterThan(asked);
    },
  );

  it.each([1, 2, 3, 4])('has each kind of trouble three times in 2,000 events, with the seed %d', (seed) => {
    const { events, tellings } = chaosPlan({ ...options, events: 2_000, seed });
    const struck = [...events, ...tellings.filter(({ style }) => style === 'thin')].flatMap(({ strikes }) => strikes);
    const times = new Map([...Map.groupBy(struck, ({ name }) => name)].map(([name, { length }]) => [name, length]));

    const target = { event: 'evt_1', object: 'cus_1' };
    const waysIn = [['webhook'], ['partner'], ['webhook', 'partner']] as const;
    const kinds = waysIn.flatMap((ways) => [...strikesOn({ ...target, ways }), ...killsOn({ ...target, ways })]);
    const names = new Set([...kinds, ...strikesOnResolving('evt_1')].map(({ name }) => name));
    expect([...names].filter((name) => (times.get(name) ?? 0) < 3)).toEqual([]);
    expect(new Set(times.keys())).toEqual(names);
  });

  it.each([1, 2, 3, 4])('kills each way in and a handler even in the shortest run, with the seed %d', (seed) => {
    const { events } = chaosPlan({ ...options, events: FEWEST_EVENTS, seed });

    const victims = events.flatMap(({ strikes }) => strikes.filter(({ kills }) => kills).map(({ victim }) => victim));
    expect(new Set(victims)).toEqual(new Set(['ingress', 'partner ingress', 'either ingress', 'handler']));
  });

  it('has Stripe tell a change for each ten events, thin or in both styles, with all that can go wrong in resolving', () => {
    expect(plan.tellings).toHaveLength(100);
    expect(new Set(plan.tellings.map(({ style }) => style))).toEqual(new Set(['thin', 'both']));
    expect(new Set(plan.tellings.map(({ toldAs }) => toldAs)).size).toBe(100);
    expect(new Set(plan.tellings.flatMap(({ strikes }) => strikes.map(({ name }) => name))).size).toBeGreaterThan(5);
  });

  it('has each end of a history, every kind of trouble, types nobody has heard of, and large events', () => {
    expect(new Set(plan.histories.map(({ last }) => last.is))).toEqual(
      new Set(['shown', 'gone', 'erased', 'either', 'not_kept']),
    );
    // Of a tie that Stripe can be asked about, and of one that it cannot.
    expect(new Set(plan.histories.filter(({ endsOpen }) => endsOpen).map(({ last }) => last.is))).toEqual(
      new Set(['shown', 'either']),
    );
    expect(new Set(plan.moments.map(({ what }) => what)).size).toBe(8);
    expect(plan.events.some(({ event }) => event.type.startsWith('galaxy.'))).toBe(true);
    expect(plan.events.some(({ event }) => JSON.stringify(event).length > 250_000)).toBe(true);
    expect(plan.poisoned.length).toBeGreaterThan(1);
    expect(plan.events.some(({ strikes }) => strikes.some(({ kills }) => kills !== undefined))).toBe(true);
  });
});
