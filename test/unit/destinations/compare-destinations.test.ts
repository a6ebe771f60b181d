import { describe, expect, it } from 'vitest';
import { compareDestinations, type SecretState } from '#shared/destinations/compare-destinations.ts';
import type { FoundDestination } from '#shared/destinations/found-destination.ts';
import { toMetadata } from '#shared/destinations/marks.ts';
import type { WantedDestination } from '#shared/destinations/wanted-destination.ts';

const INSTALLATION = 'arn:aws:events:eu-west-1:123456789012:event-bus/stripe-fanout-prod';
const WANTED: WantedDestination = {
  slot: 'account/snapshot',
  destination: 'account',
  api: 'v2',
  payload: 'snapshot',
  accounts: 'own',
  url: 'https://hooks.example.com/webhooks/stripe/account',
  enabledEvents: ['charge.captured', 'invoice.paid'],
  apiVersion: '2026-10-28.endive',
};
const MARKS = { installation: INSTALLATION, slot: WANTED.slot, opened: '2026-11-24T12:00:00Z' };

function found(more: Partial<FoundDestination> = {}): FoundDestination {
  return {
    id: 'ed_1',
    api: 'v2',
    kind: 'webhook_endpoint',
    name: '',
    url: WANTED.url,
    payload: 'snapshot',
    accounts: 'own',
    enabledEvents: WANTED.enabledEvents,
    apiVersion: '2026-10-28.endive',
    isEnabled: true,
    metadata: toMetadata(MARKS),
    created: 1,
    ...more,
  };
}

function compare(
  there: readonly FoundDestination[],
  secret: SecretState | ((one: FoundDestination) => SecretState) = 'stored',
) {
  const secretStateOf = typeof secret === 'function' ? secret : () => secret;
  return compareDestinations([WANTED], there, { installation: INSTALLATION, secretStateOf });
}

function changes(...args: Parameters<typeof compare>) {
  return compare(...args).items.flatMap((item) => item.changes);
}

describe('what is to be done at Stripe', () => {
  it('is nothing where all is as wanted', () => {
    expect(changes([found()])).toEqual([]);
  });

  it('is to create what is not there, and what belongs to another installation', () => {
    const others = found({
      metadata: toMetadata({ ...MARKS, installation: 'arn:other' }),
      url: 'https://other.example.com',
    });

    expect(changes([])).toEqual([{ kind: 'create' }]);
    expect(changes([others])).toEqual([{ kind: 'create' }]);
  });

  it('is to take over what was made by hand and sends the same to the same URL', () => {
    expect(changes([found({ metadata: {}, enabledEvents: ['*'] })], 'by hand')).toEqual([
      { kind: 'adopt' },
      { kind: 'types', added: WANTED.enabledEvents, removed: ['*'] },
    ]);
    expect(changes([found({ metadata: {}, payload: 'thin' })])).toEqual([{ kind: 'create' }]);
    expect(changes([found({ metadata: {}, accounts: 'connected' })])).toEqual([{ kind: 'create' }]);
  });

  it('is to change types and URL, and to enable', () => {
    const there = found({
      enabledEvents: ['invoice.paid', 'invoice.voided'],
      url: 'https://old.example.com',
      isEnabled: false,
      disabledReason: 'user',
    });

    expect(changes([there])).toEqual([
      { kind: 'types', added: ['charge.captured'], removed: ['invoice.voided'] },
      { kind: 'url', from: 'https://old.example.com', to: WANTED.url },
      { kind: 'enable', reason: 'user' },
    ]);
  });

  it.each<[string, Partial<FoundDestination>, SecretState]>([
    ['API version 2025-01-27.acacia → 2026-10-28.endive', { apiVersion: '2025-01-27.acacia' }, 'stored'],
    ['classic endpoint → event destination', { api: 'v1', id: 'we_1' }, 'stored'],
    ['its signing secret is stored nowhere', {}, 'missing'],
  ])('is a rotation for what Stripe fixes: %s', (why, more, secret) => {
    expect(changes([found(more)], secret)).toEqual([{ kind: 'rotate', why }]);
  });

  it('is to open what has its secret, and to make anew what lost it before it was opened', () => {
    const unopened = found({
      metadata: toMetadata({ installation: INSTALLATION, slot: WANTED.slot }),
      enabledEvents: ['climate.product.created'],
    });

    expect(changes([unopened], 'stored')).toEqual([{ kind: 'open' }]);
    expect(changes([unopened], 'missing')).toEqual([{ kind: 'recreate' }]);
    expect(changes([unopened], 'by hand')).toEqual([{ kind: 'recreate' }]);
  });
});

describe('what else Stripe has', () => {
  it('is a twin while the one that it replaces is there, and then its successor', () => {
    const old = found();
    const twin = found({ id: 'ed_2', created: 2, metadata: toMetadata({ ...MARKS, replaces: 'ed_1' }) });

    expect(compare([twin, old]).items).toMatchObject([{ found: { id: 'ed_1' }, twin: { id: 'ed_2' } }]);
    expect(compare([twin]).items).toMatchObject([{ found: { id: 'ed_2' }, changes: [] }]);
    expect(compare([twin, old]).surplus).toEqual([]);
  });

  it('is surplus when it is ours and nobody wants it: the second of a slot, or one of a slot that is gone', () => {
    const second = found({ id: 'ed_2', created: 2 });
    const gone = found({ id: 'ed_3', metadata: toMetadata({ ...MARKS, slot: 'eu/snapshot' }) });

    const plan = compare([second, found(), gone]);

    expect(plan.items).toMatchObject([{ found: { id: 'ed_1' } }]);
    expect(plan.surplus.map(({ id }) => id)).toEqual(['ed_2', 'ed_3']);
  });

  it('of two of one slot keeps the one whose secret is stored', () => {
    const plan = compare([found(), found({ id: 'ed_2', created: 2 })], ({ id }) =>
      id === 'ed_2' ? 'stored' : 'missing',
    );

    expect(plan.items).toMatchObject([{ found: { id: 'ed_2' }, changes: [] }]);
  });

  it('is a double when it is not ours and posts to one of our URLs', () => {
    const other = found({ id: 'we_9', api: 'v1', metadata: {} });
    const elsewhere = found({ id: 'we_8', api: 'v1', metadata: {}, url: 'https://shop.example.com' });

    const plan = compare([found(), other, elsewhere]);

    expect(plan.doubles.map(({ id }) => id)).toEqual(['we_9']);
    expect(plan.total).toBe(3);
  });
});

describe('a destination of the kind Amazon EventBridge', () => {
  const DECLARED: WantedDestination = { ...WANTED, id: 'ed_bus', slot: 'bus/snapshot', destination: 'bus', url: '' };
  const arn = 'arn:aws:events:eu-west-1::event-source/aws.partner/stripe.com/ed_bus';
  const bus = (status: string, more: Partial<FoundDestination> = {}) => {
    const eventSource = { awsAccount: '123456789012', arn, status };
    const created = Date.parse('2026-11-20T09:30:00Z');
    return found({ id: 'ed_bus', kind: 'amazon_eventbridge', metadata: {}, eventSource, created, ...more });
  };
  const plan = (wanted: readonly WantedDestination[], there: readonly FoundDestination[]) =>
    compareDestinations(wanted, there, { installation: INSTALLATION, secretStateOf: () => 'missing' });

  it('has neither marks nor a secret, and is compared by its types and its state', () => {
    expect(plan([DECLARED], [bus('active')]).items).toMatchObject([{ found: { id: 'ed_bus' }, changes: [] }]);
    expect(
      plan([DECLARED], [bus('active', { enabledEvents: ['*'], isEnabled: false })]).items[0]?.changes,
    ).toMatchObject([{ kind: 'types' }, { kind: 'enable' }]);
  });

  it('says until when its bus must be there: seven days after it was made', () => {
    expect(plan([DECLARED], [bus('pending')]).items[0]?.changes).toEqual([
      { kind: 'blocked', why: expect.stringContaining('deploy before 2026-11-27 09:30 UTC') },
    ]);
  });

  it('cannot be put right when AWS or Stripe has forgotten it', () => {
    const gone = [bus('deleted'), undefined].map((one) => plan([DECLARED], one ? [one] : []).items[0]?.changes);

    expect(gone).toEqual([
      [{ kind: 'blocked', why: expect.stringContaining('AWS has deleted') }],
      [{ kind: 'blocked', why: expect.stringContaining('Stripe has no destination ed_bus') }],
    ]);
  });

  it('is pointed out when it sends to this account and Region and is not declared', () => {
    const elsewhere = bus('pending', {
      id: 'ed_us',
      eventSource: { awsAccount: '123456789012', arn: arn.replace('eu-', 'us-'), status: 'pending' },
    });

    expect(plan([], [bus('pending'), elsewhere]).undeclared.map(({ id }) => id)).toEqual(['ed_bus']);
  });
});
