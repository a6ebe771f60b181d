import { describe, expect, it } from 'vitest';
import { checkApiKeys } from '#cli/doctor/check-api-keys.ts';
import { checkClock } from '#cli/doctor/check-clock.ts';
import { checkMappings } from '#cli/doctor/check-mappings.ts';
import { checkQueues } from '#cli/doctor/check-queues.ts';
import { checkReconciler } from '#cli/doctor/check-reconciler.ts';
import { checkRules } from '#cli/doctor/check-rules.ts';
import { checkSecrets } from '#cli/doctor/check-secrets.ts';
import type { Finding } from '#cli/doctor/finding.ts';
import { DOMAINS } from '#shared/catalogue/domains.ts';
import { ROUTES } from '#shared/catalogue/routes.ts';
import { QUEUE_OWNERS, ruleName } from '#shared/naming/resource-names.ts';
import { patternForRoute } from '#shared/patterns/pattern-for-route.ts';
import { THIN_PATTERN } from '#shared/patterns/thin-pattern.ts';
import { UNRECOGNIZED_PATTERN } from '#shared/patterns/unrecognized-pattern.ts';
import { context } from '../context.ts';
import { fakeTarget } from './fake-target.ts';

const troubles = (findings: readonly Finding[]) => findings.filter(({ level }) => level !== 'ok');

const destination = (name: string) => ({ name, mode: 'live', payload: 'snapshot', accounts: 'own' });
const STAGE = {
  SigningSecretName: 'stripe-fanout/prod/signing-secrets',
  BusName: 'stripe-fanout-prod',
  StripeConfiguration: JSON.stringify({
    apiVersion: '2026-10-28.endive',
    accounts: {},
    destinations: [destination('account'), destination('connect')],
    domainsOff: [],
  }),
};

describe('the check of signing secrets', () => {
  const check = async (SecretString: string) =>
    checkSecrets(await fakeTarget({ GetSecretValue: () => ({ SecretString }) }, STAGE));

  it.each([
    ['is no JSON', 'no JSON', ['The secret is not a JSON object: every request is refused.']],
    [
      'is the placeholder of a new stage',
      '{"_placeholder":"0123"}',
      [
        'Nothing is stored for account: its requests are answered 503.',
        'Nothing is stored for connect: its requests are answered 503.',
      ],
    ],
    [
      'has another kind of text',
      '{"account":["whsec_1"],"connect":["rk_live_1"]}',
      ['What is stored for connect is no list of whsec_… texts.'],
    ],
    [
      'has a misspelt destination',
      '{"account":["whsec_1"],"conect":["whsec_2"]}',
      [
        'Nothing is stored for connect: its requests are answered 503.',
        'conect is stored, and is no destination of this stage.',
      ],
    ],
  ])('finds one that %s, and names the command that mends it for all destinations', async (_, text, found) => {
    const findings = troubles(await check(text));

    expect(findings.map(({ what }) => what)).toEqual(found);
    for (const { remedy } of findings) {
      expect(remedy).toBe(
        `fanout destinations apply --stage prod; or by hand: aws secretsmanager put-secret-value --secret-id stripe-fanout/prod/signing-secrets --secret-string '{"account":["whsec_…"],"connect":["whsec_…"]}'`,
      );
    }
  });

  it('prints no secret', async () => {
    const findings = await check('{"account":["whsec_dear"],"connect":["dear_too"]}');

    expect(JSON.stringify(findings)).not.toContain('dear');
    expect(findings[0]).toEqual({ check: 'signing secrets', level: 'ok', what: 'Stored for account.' });
  });
});

describe('the check of API keys', () => {
  const check = async (SecretString: string, destinations: readonly object[]) => {
    const StripeConfiguration = JSON.stringify({ ...JSON.parse(STAGE.StripeConfiguration), destinations });
    const target = await fakeTarget(
      { GetSecretValue: () => ({ SecretString }) },
      { ...STAGE, StripeConfiguration, ApiKeySecretName: 'stripe-fanout/prod/api-keys' },
    );
    return checkApiKeys(target);
  };
  const PLACEHOLDER = '{"_placeholder":"0123"}';
  const taking = (payload: string, mode = 'live') => [{ ...destination('account'), payload, mode }];

  it.each([
    ['needs none where only snapshots come', PLACEHOLDER, taking('snapshot'), ['ok']],
    ['misses one where thin events come', PLACEHOLDER, taking('thin'), ['error']],
    ['says that one may be missed where either may come', PLACEHOLDER, taking('either'), ['warn']],
    ['misses one for each mode', '{"live":"rk_live_1"}', taking('thin', 'both'), ['ok', 'error']],
    ['takes no key of the other mode', '{"live":"rk_test_1"}', taking('thin'), ['error']],
    [
      'takes no key that was stored with a line break, which functions refuse',
      '{"live":"rk_live_1\\n"}',
      taking('thin'),
      ['error'],
    ],
    ['takes no other text', '{"test":["rk_test_1"]}', taking('thin', 'test'), ['error']],
    ['takes a secret as unreadable as a missing one', 'no JSON', taking('thin'), ['error']],
    [
      'finds nothing where each mode has one',
      '{"live":"rk_live_1","test":"sk_test_1"}',
      taking('thin', 'both'),
      ['ok', 'ok'],
    ],
  ])('%s', async (_, text, destinations, levels) => {
    const findings = await check(text, destinations);

    expect(findings.map(({ level }) => level)).toEqual(levels);
    for (const { remedy } of troubles(findings)) expect(remedy).toContain('--secret-id stripe-fanout/prod/api-keys');
    expect(JSON.stringify(findings)).not.toMatch(/_(live|test)_1/);
  });
});

describe('the check of API keys, where a domain wants the latest', () => {
  it.each([
    ['{"live":"rk_live_1"}', 'live', ['ok']],
    ['{"live":"rk_live_1"}', 'test', ['ok', 'error']],
    ['{}', 'live', ['error']],
  ])('takes %s for what it is to a destination of %s mode', async (SecretString, mode, levels) => {
    const declared = {
      destinations: [{ ...destination('account'), payload: 'snapshot', mode }],
      domainsLatest: ['tax'],
    };
    const StripeConfiguration = JSON.stringify({ ...JSON.parse(STAGE.StripeConfiguration), ...declared });
    const stage = { ...STAGE, StripeConfiguration, ApiKeySecretName: 'stripe-fanout/prod/api-keys' };

    const findings = await checkApiKeys(await fakeTarget({ GetSecretValue: () => ({ SecretString }) }, stage));

    expect(findings.map(({ level }) => level)).toEqual(levels);
    for (const { what } of troubles(findings)) expect(what).toContain('what tax wants to know at its latest is parked');
  });
});

describe('the check of rules', () => {
  const RULES = [
    ...ROUTES.map((route) => ({ Name: ruleName('prod', route.id), EventPattern: patternForRoute(route) })),
    { Name: ruleName('prod', 'Thin'), EventPattern: THIN_PATTERN },
    { Name: ruleName('prod', 'Unrecognized'), EventPattern: UNRECOGNIZED_PATTERN },
  ].map((rule) => ({ ...rule, State: 'ENABLED', EventPattern: JSON.stringify(rule.EventPattern) }));
  const check = async (Rules: readonly object[]) =>
    checkRules(await fakeTarget({ ListRules: () => ({ Rules }) }, STAGE));
  const changed = (change: object) =>
    RULES.map((rule) => (rule.Name === 'stripe-fanout-prod-Invoice' ? { ...rule, ...change } : rule));
  const deploy = expect.stringContaining('npm run deploy -- -c stage=prod, with --revert-drift');

  it('finds nothing where all are as the catalogue has them', async () => {
    expect(troubles(await check(RULES))).toEqual([]);
  });

  it('finds one that is missing', async () => {
    const findings = await check(RULES.filter(({ Name }) => Name !== 'stripe-fanout-prod-Invoice'));

    expect(troubles(findings)).toEqual([
      { check: 'rules', level: 'error', what: expect.stringContaining('Invoice is missing'), remedy: deploy },
    ]);
  });

  it('finds one that is switched off, and names what switches it on and brings back what was missed', async () => {
    const [finding] = troubles(await check(changed({ State: 'DISABLED' })));

    expect(finding).toMatchObject({ check: 'rules', level: 'error' });
    expect(finding?.remedy).toBe(
      'aws events enable-rule --event-bus-name stripe-fanout-prod --name stripe-fanout-prod-Invoice; then fanout replay --from 1d --rule stripe-fanout-prod-Invoice --stage prod',
    );
  });

  it('finds a pattern that drifted from the catalogue, however small, and none where only its text differs', async () => {
    const pattern = JSON.parse(RULES.find(({ Name }) => Name.endsWith('-Invoice'))?.EventPattern ?? '');
    const { source, ...rest } = pattern;

    const drifted = await check(changed({ EventPattern: JSON.stringify({ ...pattern, source: [...source, 'x'] }) }));
    const reordered = await check(changed({ EventPattern: JSON.stringify({ ...rest, source }, null, 2) }));

    expect(troubles(drifted)).toMatchObject([{ check: 'patterns', level: 'warn', remedy: deploy }]);
    expect(troubles(reordered)).toEqual([]);
  });

  it('counts other teams’ rules against the quota of the bus', async () => {
    const others = Array.from({ length: 200 }, (_, i) => ({ Name: `team-${i}`, State: 'ENABLED', EventPattern: '{}' }));

    expect(troubles(await check([...RULES, ...others]))).toMatchObject([
      { check: 'quotas', level: 'warn', what: expect.stringContaining(`${RULES.length + 200} rules`) },
    ]);
  });
});

describe('the check of mappings', () => {
  const mapping = (queue: string, more: object = {}) => ({
    UUID: queue,
    EventSourceArn: `arn:aws:sqs:eu-west-1:1:${queue}`,
    State: 'Enabled',
    ScalingConfig: { MaximumConcurrency: 40 },
    ...more,
  });
  const off = { domainsOff: DOMAINS.map(({ name }) => name).filter((name) => !['core', 'billing'].includes(name)) };
  const StripeConfiguration = JSON.stringify({ ...JSON.parse(STAGE.StripeConfiguration), ...off });
  const check = async (EventSourceMappings: readonly object[], UnreservedConcurrentExecutions = 1_000) =>
    checkMappings(
      await fakeTarget(
        {
          ListEventSourceMappings: () => ({ EventSourceMappings }),
          GetAccountSettings: () => ({ AccountLimit: { ConcurrentExecutions: 5_000, UnreservedConcurrentExecutions } }),
        },
        { ...STAGE, StripeConfiguration },
      ),
    );

  it('finds one that is not enabled, of whatever queue, and takes no notice of other stages’', async () => {
    const findings = await check([
      mapping('stripe-fanout-prod-billing', { State: 'Disabled' }),
      mapping('stripe-fanout-prod-thin', { State: 'Disabling' }),
      mapping('stripe-fanout-prod-refresh'),
      mapping('stripe-fanout-dev-core', { State: 'Disabled' }),
      mapping('stripe-fanout-prod-core'),
      mapping('stripe-fanout-prod-unrecognized'),
    ]);

    expect(troubles(findings)).toMatchObject([
      { level: 'error', what: expect.stringContaining('Disabled'), remedy: 'fanout resume billing --stage prod' },
      { level: 'error', what: expect.stringContaining('Disabling'), remedy: 'fanout resume thin --stage prod' },
    ]);
  });

  it('finds a queue that lost its function, and says of those that have none by configuration that it is so', async () => {
    const drained = ['billing', 'thin', 'refresh'];
    const findings = await check(drained.map((owner) => mapping(`stripe-fanout-prod-${owner}`)));

    expect(troubles(findings)).toMatchObject([
      { level: 'error', what: 'core is not drained: its queue has no function.' },
      { level: 'error', what: 'unrecognized is not drained: its queue has no function.' },
    ]);
    const [meant] = findings.filter(({ what }) => what.startsWith('Without a function, by configuration'));
    expect(meant?.what).toContain('capital');
    // A stage without partner sources need not read of them.
    expect(JSON.stringify(findings)).not.toContain('partner');
  });

  it.each([
    [10, 'error'],
    [95, 'warn'],
    [100, 'ok'],
  ])('compares what handlers may use with the %i executions that nobody has reserved: %s', async (left, level) => {
    const findings = await check([mapping('stripe-fanout-prod-billing'), mapping('stripe-fanout-prod-core')], left);

    expect(findings.find((finding) => finding.check === 'quotas')).toMatchObject({
      level,
      what: expect.stringContaining(`${left - 80} are left`),
    });
  });
});

describe('the check of queues', () => {
  const POLICY =
    '{"Principal":{"Service":"events.amazonaws.com"},"SourceArn":"arn:aws:events:x:1:rule/stripe-fanout-prod/*"}';
  const check = async (attributesOf: (queue: string) => object) =>
    checkQueues(
      await fakeTarget(
        {
          GetQueueAttributes: ({ QueueUrl }) => ({
            Attributes: { Policy: POLICY, ...attributesOf(String(QueueUrl).split('/').at(-1) ?? '') },
          }),
        },
        STAGE,
      ),
      context,
    );

  it('finds nothing where all are empty and open to the bus', async () => {
    expect(await check(() => ({}))).toMatchObject([{ check: 'queues', level: 'ok' }]);
  });

  it('finds dead letters of every queue there is, hidden ones too', async () => {
    const findings = await check((queue) =>
      queue.startsWith('Dlq') ? { ApproximateNumberOfMessagesNotVisible: '2' } : {},
    );

    expect(findings.map(({ what }) => what)).toEqual(QUEUE_OWNERS.map((owner) => `${owner} has 2.`));
    expect(findings[0]?.remedy).toBe('fanout dlq show core --stage prod');
  });

  it('finds what the bus itself could not process', async () => {
    const findings = await check((queue) => (queue === 'BusDlqUrl' ? { ApproximateNumberOfMessages: '1' } : {}));

    expect(findings).toMatchObject([{ level: 'error', remedy: 'docs/runbooks/bus-dead-letters.md' }]);
  });

  it.each([['QueueUrlBilling'], ['DlqUrlBilling']])('finds %s closed to the bus of this stage', async (url) => {
    const closed = await check((queue) => (queue === url ? { Policy: '{"Statement":[]}' } : {}));
    const another = await check((queue) => (queue === url ? { Policy: POLICY.replace('prod', 'dev') } : {}));

    for (const findings of [closed, another]) {
      expect(findings).toMatchObject([
        {
          check: 'queue policies',
          level: 'error',
          what: expect.stringContaining(url),
          remedy: expect.stringContaining('--revert-drift'),
        },
      ]);
    }
  });
});

describe('the check of the clock', () => {
  const NOON = Date.parse('2026-11-24T12:00:00Z');
  const check = async (answer: () => Promise<Response>) =>
    checkClock(await fakeTarget({}, { WebhookUrl: 'https://api/webhooks/stripe' }), {
      ...context,
      now: () => NOON,
      fetch: answer,
    });
  const at = (time: string) => () =>
    Promise.resolve(new Response('', { headers: { date: new Date(time).toUTCString() } }));

  it.each([
    ['2026-11-24T12:00:03Z', 'ok'],
    ['2026-11-24T11:59:30Z', 'warn'],
    ['2026-11-24T12:06:00Z', 'error'],
  ])('compares it with the pipeline’s: at %s it is %s', async (time, level) => {
    expect(await check(at(time))).toMatchObject({ check: 'clock', level });
  });

  it('does not take an answer without a date, or none, for a right clock', async () => {
    const silent = await check(() => Promise.resolve(new Response('')));
    const absent = await check(() => Promise.reject(new Error('no route')));

    expect([silent.level, absent.level]).toEqual(['error', 'error']);
    expect(absent.what).toContain('https://api');
  });
});

describe('the check of the reconciler', () => {
  const NOW = Date.parse('2026-11-24T12:00:00Z');
  const check = async (round?: object) => {
    const Item = round && {
      progress: { S: JSON.stringify({ round: { id: 'r', to: NOW, startedAt: NOW, ...round } }) },
    };
    const target = await fakeTarget({ GetItem: () => (Item ? { Item } : {}) }, { LedgerTableName: 'ledger' });
    return checkReconciler(target, { ...context, now: () => NOW });
  };

  it('is content with a round within a day that compared all', async () => {
    expect(await check({ completeAt: NOW - 3_600_000, lists: 2 })).toEqual({
      check: 'reconciler',
      level: 'ok',
      what: "Stripe's lists were last compared at 2026-11-24T11:00:00.000Z.",
    });
  });

  it.each([
    ['has not run', undefined, 'It has not run yet'],
    ['has failed from the first', { endedAt: NOW }, 'No round has compared all'],
    ['has not come to its end for a day', { completeAt: NOW - 86_400_001 }, 'Since 2026-11-23T11:59:59.999Z no round'],
    ['has nothing to compare with', { completeAt: NOW, lists: 0 }, 'There is nothing to compare with'],
  ])('warns of one that %s', async (_, round, says) => {
    expect(await check(round)).toMatchObject({ level: 'warn', what: expect.stringContaining(says) });
  });

  it('says of the local runtime that nothing runs by the clock there', async () => {
    const target = { ...(await fakeTarget({}, {})), isLocal: true };

    expect(await checkReconciler(target, context)).toMatchObject({ level: 'ok' });
  });
});
