import { describe, expect, it } from 'vitest';
import type { ChaosEvidence } from '#local/chaos/chaos-evidence.ts';
import { chaosPlan } from '#local/chaos/chaos-plan.ts';
import type { LastState } from '#local/chaos/history.ts';
import { judge } from '#local/chaos/judge.ts';
import { rowKey, type StoredObject } from '#local/chaos/stored-state.ts';
import { type Telling, TOLD_LIVE } from '#local/chaos/tellings.ts';
import type { Way } from '#local/chaos/ways.ts';
import { DeliveryReport } from '#local/stripe/emit/delivery-report.ts';
import { UNRECOGNIZED } from '#shared/catalogue/domains.ts';
import { longestPrefix } from '#shared/catalogue/longest-prefix.ts';
import { handlerName, ingressName, partnerIngressName } from '#shared/naming/resource-names.ts';
import { objectKey } from '#shared/projection/object-key.ts';

const plan = chaosPlan({ events: 600, seed: 3, now: 1_800_000_000 });
const refused = plan.histories.filter(({ last }) => last.is === 'not_kept').flatMap(({ events }) => events);
const events = plan.events.map(({ event }) => event);
const first = sentBy('webhook');
const bridged = sentBy('partner');
const second = events[1];
if (first === undefined || second === undefined || bridged === undefined) throw new Error('The plan has no events.');
const thin = plan.tellings.find(({ style }) => style === 'thin');
const twin = plan.tellings.find(({ style }) => style === 'both');
if (thin === undefined || twin === undefined) throw new Error('Stripe tells nothing by itself.');
const REACTS = 'invoice.payment_failed';
const failed = events.find(({ type }) => type === REACTS);

/** The first event that comes by this way alone. */
function sentBy(way: Way) {
  return plan.events.find(({ ways }) => ways.length === 1 && ways[0] === way)?.event;
}

/** A run in which all went as it must; each test spoils one thing. */
function flawless() {
  const evidence = {
    stage: 'dev',
    sender: {
      sent: new Map(events.map(({ id }) => [id, { taken: 1, unknown: 0, givenUp: 0 }])),
      answers: new Map([['accepted', 600]]),
    },
    witness: {
      bridged: new Map(
        plan.events.flatMap(({ event, ways }) => (ways.includes('partner') ? [[event.id, 1] as const] : [])),
      ),
      cameBy: new Map(plan.events.map(({ event, ways }) => [event.id, ways.slice(0, 1) as readonly string[]])),
      reacted: new Map(events.filter(({ type }) => type === REACTS).map(({ id }) => [id, 1])),
      reactionUnknown: new Map<string, number>(),
      cutShort: new Map<string, readonly string[]>(),
      published: new Map(
        [...events.map(({ id }) => id), ...plan.tellings.map(({ toldAs }) => toldAs)].map((id) => [id, 1]),
      ),
      notified: new Map(plan.tellings.map(({ notification }) => [notification, 1])),
      handledBy: new Map<string, string[]>([
        ...events.map((event) => [event.id, [handlerOf(event)]] as [string, string[]]),
        ...plan.tellings.map(({ toldAs, type }) => [toldAs, [handlerOfType(type)]] as [string, string[]]),
      ]),
      unknown: new Map<string, number>(),
      notCleared: new Set<string>(),
      counted: new Map<string, number>(),
      countedRepeats: new Map<string, number>(),
      countedInAll: 0,
      publishRepeated: new Map<string, number>(),
      killed: 4,
    },
    stored: {
      ledger: new Map(events.map((event) => [event.id, new Map(rowsOf(event.type))])),
      failures: [] as string[],
      objects: new Map([
        ...plan.histories.flatMap(({ events: own, last }) => stored(own[0], last)),
        ...plan.tellings.map((telling) => [rowOf(telling), shown(telling)] as const),
      ]),
    },
    struck: new Map(
      [...[...plan.events, ...plan.tellings].flatMap(({ strikes }) => strikes), ...momentsOf()].map(({ name }) => [
        name,
        1,
      ]),
    ),
    told: { ...new DeliveryReport().summary(), refusals: {} as Record<string, number> },
    stripeNotMet: 0,
    forgeries: 3,
    forgeriesRefused: 3,
    junk: 2,
    deadLetters: { parked: 9, redriven: 9, cameBack: 0, left: 2, events: 0 },
    undrained: 0,
    complaints: [] as string[],
  };
  return evidence satisfies ChaosEvidence;
}

/** The first event was published so often again, each time after an outcome that nobody knew. */
const publishedAgain =
  (times: number, by: { repeats: number; counted: number; countedRepeats: number }) =>
  ({ witness }: ReturnType<typeof flawless>) => {
    witness.published.set(first.id, 1 + times);
    witness.unknown.set(first.id, times);
    witness.publishRepeated.set(first.id, by.repeats);
    witness.counted.set(first.id, by.counted);
    witness.countedRepeats.set(first.id, by.countedRepeats);
  };

function momentsOf() {
  return plan.moments.map(({ what }) => ({ name: what }));
}

function handlerOfType(type: string): string {
  return handlerName('dev', longestPrefix(type)?.domain ?? UNRECOGNIZED);
}

function rowOf({ type, object }: Pick<Telling, 'type' | 'object'>): string {
  const key = objectKey({ type, livemode: TOLD_LIVE, data: { object } });
  return rowKey(key?.object ?? '', key?.scope ?? '');
}

function shown({ object }: Telling): StoredObject {
  return { text: JSON.stringify(object), isGone: false, isAmbiguous: false, isRedacted: false };
}

function handlerOf(event: (typeof events)[number]): string {
  const domain = refused.includes(event) ? UNRECOGNIZED : (longestPrefix(event.type)?.domain ?? UNRECOGNIZED);
  return handlerName('dev', domain);
}

function rowsOf(type: string): [string, string][] {
  const reacts = type === REACTS;
  return [
    ['publish', 'done'],
    ...(reacts ? [['react#billing#invoice.payment_failed', 'done'] as [string, string]] : []),
  ];
}

function stored(event: (typeof events)[number] | undefined, last: LastState): [string, StoredObject][] {
  const key = event && objectKey(event);
  if (key === undefined || last.is === 'not_kept') return [];
  const text = last.is === 'shown' ? last.text : last.is === 'either' ? last.texts[0] : undefined;
  const flags = { isGone: last.is === 'gone', isAmbiguous: last.is === 'either', isRedacted: last.is === 'erased' };
  return [[rowKey(key.object, key.scope), { text, ...flags }]];
}

/** Key of the row of the first object that ends so. */
function rowThatIs(is: LastState['is']): string {
  const history = plan.histories.find(({ last }) => last.is === is);
  const key = history?.events[0] && objectKey(history.events[0]);
  return rowKey(key?.object ?? '', key?.scope ?? '');
}

describe('the judge of a chaos run', () => {
  it('finds nothing where all went as it must', () => {
    const { result, broken } = judge(plan, flawless());

    expect(broken).toEqual([]);
    expect(result).toMatchObject({ events: 600, lost: 0, objects: { wrong: 0 }, published: { again: 0 } });
  });

  it.each<[string, (run: ReturnType<typeof flawless>) => unknown, string]>([
    ['no 200', ({ sender }) => sender.sent.delete(first.id), `1 never answered 200: ${first.id}`],
    [
      'what the partner bus never had',
      ({ witness }) => witness.bridged.delete(bridged.id),
      `1 not on the partner bus that Stripe sent them over: ${bridged.id}`,
    ],
    [
      'another way than it came',
      ({ witness }) => witness.cameBy.set(bridged.id, ['webhook']),
      `1 published as if they had come another way: ${bridged.id} (webhook)`,
    ],
    [
      'a reaction that did its work twice',
      ({ witness }) => witness.reacted.set(failed?.id ?? '', 2),
      `1 reacted to more often than outcomes were unknown: ${failed?.id} (2 times, 0 unknown)`,
    ],
    ['a 200 without a publication', ({ witness }) => witness.published.delete(first.id), '1 not on the bus'],
    ['no row in the ledger', ({ stored }) => stored.ledger.delete(first.id), '1 without a "done" in the ledger'],
    [
      'a claim left for no reason',
      ({ stored }) => stored.ledger.get(first.id)?.set('publish', 'claimed'),
      'in the ledger',
    ],
    [
      'an event that nobody handled',
      ({ witness }) => witness.handledBy.delete(first.id),
      '1 not handled by the function',
    ],
    [
      'the wrong handler',
      ({ witness }) => witness.handledBy.set(first.id, ['another']),
      '1 not handled by the function',
    ],
    [
      'a reaction not done',
      ({ stored }) => stored.ledger.get(failed?.id ?? '')?.set('react#billing#invoice.payment_failed', 'claimed'),
      '1 whose reaction was not done',
    ],
    [
      'a second publication',
      ({ witness }) => witness.published.set(first.id, 2),
      'published more often than outcomes were unknown',
    ],
    [
      'one that the client repeated, and nobody counted',
      publishedAgain(1, { repeats: 1, counted: 0, countedRepeats: 0 }),
      `1 published again, and not counted: ${first.id} (1 times again, 0 counted, 1 repeats by its client)`,
    ],
    [
      'more than was counted and repeated',
      publishedAgain(3, { repeats: 1, counted: 1, countedRepeats: 0 }),
      `1 published again, and not counted: ${first.id} (3 times again, 1 counted, 1 repeats by its client)`,
    ],
    [
      'a takeover that was not counted, though a repeat by the client was',
      publishedAgain(2, { repeats: 1, counted: 1, countedRepeats: 1 }),
      `1 published again, and not counted: ${first.id} (2 times again, 1 counted, 1 repeats by its client)`,
    ],
    [
      'one that was not counted, though others were',
      (run) => {
        publishedAgain(1, { repeats: 0, counted: 0, countedRepeats: 0 })(run);
        run.witness.counted.set(second.id, 9);
      },
      `1 published again, and not counted: ${first.id} (1 times again, 0 counted, 0 repeats by its client)`,
    ],
    ['a lost object', ({ stored }) => stored.objects.delete(rowThatIs('shown')), 'nothing is kept'],
    [
      'an older state',
      ({ stored }) => spoil(stored.objects, 'shown', { text: '{"older":true}' }),
      'another state than the last',
    ],
    [
      'a deleted object shown',
      ({ stored }) => spoil(stored.objects, 'gone', { isGone: false }),
      'it was deleted, and is still shown',
    ],
    [
      'a redacted object kept',
      ({ stored }) => spoil(stored.objects, 'erased', { text: '{}' }),
      'it was redacted, and is still kept',
    ],
    [
      'an open tie not marked',
      ({ stored }) => spoil(stored.objects, 'either', { isAmbiguous: false }),
      'it is not marked',
    ],
    [
      'a mark without a tie',
      ({ stored }) => spoil(stored.objects, 'shown', { isAmbiguous: true }),
      'ambiguous for no reason',
    ],
    [
      'a forged event on the bus',
      ({ witness }) => witness.published.set(plan.forged[0]?.id ?? '', 1),
      '1 forged, and on the bus',
    ],
    [
      'a forged delivery answered 200',
      (run) => Object.assign(run, { forgeriesRefused: 2 }),
      '1 of 3 forged deliveries',
    ],
    [
      'events left in a DLQ',
      ({ deadLetters }) => Object.assign(deadLetters, { left: 3, events: 1 }),
      '1 events are left among the dead letters',
    ],
    ['litter that vanished', ({ deadLetters }) => Object.assign(deadLetters, { left: 1 }), '1 dead letters are left'],
    [
      'a failure still listed',
      ({ stored }) => stored.failures.push(second.id),
      `1 still listed as failed: ${second.id}`,
    ],
    [
      'a notification not resolved',
      ({ witness }) => witness.published.delete(thin.toldAs),
      '1 told by Stripe, and not',
    ],
    [
      'a resolved event not handled',
      ({ witness }) => witness.handledBy.delete(twin.toldAs),
      '1 told by Stripe, and not',
    ],
    ['twins told as two', ({ witness }) => witness.published.set(twin.notification, 1), '1 told under two ids'],
    [
      'an object that Stripe did not answer',
      ({ stored }) => stored.objects.set(rowOf(thin), { ...shown(thin), text: '{}' }),
      'whose object is not as Stripe answered',
    ],
    [
      'a notification published again, and not counted',
      ({ witness }) => witness.notified.set(thin.notification, 2),
      `1 published again, and not counted: ${thin.toldAs} (1 times again, 0 counted,`,
    ],
    ['a delivery that Stripe gave up', ({ told }) => Object.assign(told, { failed: 1 }), '1 deliveries of what Stripe'],
    [
      'a failure of Stripe’s that nobody met',
      (run) => Object.assign(run, { stripeNotMet: 1 }),
      "1 failures of Stripe's API",
    ],
    ['a queue not empty', (run) => Object.assign(run, { undrained: 1 }), '1 messages are still in the queues'],
    ['a restart that never came', ({ struck }) => struck.delete('restart'), 'never struck'],
    ['a run that was cut short', ({ complaints }) => complaints.push('Not settled.'), 'Not settled.'],
  ])('finds %s', (_what, spoilIt, law) => {
    const run = flawless();

    spoilIt(run);

    expect(judge(plan, run).broken.join('\n')).toContain(law);
  });

  it('takes a second publication for what it is where the outcome of the first was unknown, and counted', () => {
    const run = flawless();
    run.witness.published.set(first.id, 2);
    run.witness.unknown.set(first.id, 1);
    run.witness.counted.set(first.id, 1);
    run.witness.countedInAll = 1;

    const { result, broken } = judge(plan, run);

    expect(broken).toEqual([]);
    expect(result.published).toEqual({ again: 1, unknownOutcomes: 1, counted: 1 });
  });

  it('takes a second publication and a second reaction for what they are where a function was killed in between', () => {
    const run = flawless();
    run.witness.published.set(bridged.id, 2);
    run.witness.cutShort.set(bridged.id, [partnerIngressName('dev')]);
    run.witness.counted.set(bridged.id, 1);
    run.witness.reacted.set(failed?.id ?? '', 2);
    run.witness.cutShort.set(failed?.id ?? '', [handlerName('dev', 'billing')]);

    expect(judge(plan, run).broken).toEqual([]);
  });

  it('wants a second publication counted, though the partner ingress was killed in between', () => {
    const run = flawless();
    run.witness.published.set(bridged.id, 2);
    run.witness.cutShort.set(bridged.id, [partnerIngressName('dev')]);

    expect(judge(plan, run).broken).toEqual([
      `1 published again, and not counted: ${bridged.id} (1 times again, 0 counted, 0 repeats by its client)`,
    ]);
  });

  it('takes a second publication for what it is where the client repeated a call and was ended before it could count', () => {
    const run = flawless();
    run.witness.published.set(first.id, 2);
    run.witness.unknown.set(first.id, 1);
    run.witness.publishRepeated.set(first.id, 1);
    run.witness.cutShort.set(first.id, [ingressName('dev')]);

    expect(judge(plan, run).broken).toEqual([]);
  });

  it('takes a call that the client repeated twice as counted once', () => {
    const run = flawless();
    publishedAgain(2, { repeats: 2, counted: 1, countedRepeats: 1 })(run);

    expect(judge(plan, run).broken).toEqual([]);
  });

  it('takes a second publication by the resolver for what it is where that counted the notification', () => {
    const run = flawless();
    run.witness.published.set(twin.toldAs, 2);
    run.witness.counted.set(twin.notification, 1);

    expect(judge(plan, run).broken).toEqual([]);
  });

  it.each([
    ['the handler', handlerName('dev', 'core')],
    ['the ingress of webhooks', ingressName('dev')],
  ])('does not take the death of %s for the reason of a second publication', (_who, name) => {
    const run = flawless();
    run.witness.published.set(bridged.id, 2);
    run.witness.cutShort.set(bridged.id, [name]);

    expect(judge(plan, run).broken.join('\n')).toContain('published more often than outcomes were unknown');
  });

  it('takes a claim that was left for what it is where nobody could tell the ledger', () => {
    const run = flawless();
    run.stored.ledger.get(first.id)?.set('publish', 'claimed');
    run.witness.unknown.set(first.id, 1);

    expect(judge(plan, run).broken).toEqual([]);
  });
});

function spoil(objects: Map<string, StoredObject>, is: LastState['is'], change: Partial<StoredObject>): void {
  const key = rowThatIs(is);
  const row = objects.get(key);
  if (row) objects.set(key, { ...row, ...change });
}
