import { describe, expect, it } from 'vitest';
import { checkPartners } from '#cli/doctor/check-partners.ts';
import { checkTargets } from '#cli/doctor/check-targets.ts';
import { expectedRules } from '#cli/doctor/expected-rules.ts';
import type { Finding } from '#cli/doctor/finding.ts';
import { deadLetterQueueName, queueName } from '#shared/naming/resource-names.ts';
import { fakeTarget } from './fake-target.ts';

const troubles = (findings: readonly Finding[]) => findings.filter(({ level }) => level !== 'ok');
const arn = (name: string) => `arn:aws:sqs:eu-west-1:1:${name}`;
const outputs = (more: object) => ({
  BusName: 'stripe-fanout-prod',
  StripeConfiguration: JSON.stringify({
    apiVersion: '2026-10-28.endive',
    accounts: {},
    destinations: [],
    domainsOff: ['capital'],
    domainsDraining: ['tax'],
    ...more,
  }),
});

describe('the check of targets', () => {
  const RULES = expectedRules('prod');
  const toQueue = (name: unknown) => {
    const owner = RULES.find((rule) => rule.name === name)?.owner ?? 'core';
    if (owner === 'capital' || owner === 'tax') return [];
    return [
      {
        Id: 'Queue',
        Arn: arn(queueName('prod', owner)),
        DeadLetterConfig: { Arn: arn(deadLetterQueueName('prod', owner)) },
      },
    ];
  };
  const check = async (targetsOf: (rule: unknown) => readonly object[] | undefined = () => undefined) =>
    checkTargets(
      await fakeTarget(
        {
          ListRules: () => ({ Rules: RULES.slice(1).map(({ name }) => ({ Name: name, State: 'ENABLED' })) }),
          ListTargetsByRule: ({ Rule }) => ({ Targets: targetsOf(Rule) ?? toQueue(Rule) }),
        },
        outputs({}),
      ),
    );
  const ofInvoice = (targets: readonly object[]) => (rule: unknown) =>
    rule === 'stripe-fanout-prod-Invoice' ? targets : undefined;

  it('finds nothing where each rule delivers, and takes domains that are off or draining for what they are', async () => {
    expect(troubles(await check())).toEqual([]);
  });

  it('finds a rule that lost its target, and names what gives it back and brings what it missed', async () => {
    const [finding, ...others] = troubles(await check(ofInvoice([])));

    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      check: 'targets',
      level: 'error',
      what: expect.stringContaining('Invoice has no target'),
    });
    expect(finding?.remedy).toBe(
      'npm run deploy -- -c stage=prod --revert-drift; then fanout replay --from 1d --rule stripe-fanout-prod-Invoice --stage prod',
    );
  });

  it.each([
    ['another queue', { Arn: arn('elsewhere') }, 'error', 'delivers to arn:aws:sqs:eu-west-1:1:elsewhere'],
    ['no DLQ', { Arn: arn('stripe-fanout-prod-billing') }, 'warn', 'another DLQ'],
  ])('finds a rule that has %s', async (_, target, level, what) => {
    const findings = troubles(await check(ofInvoice([{ Id: 'Queue', ...target }])));

    expect(findings).toMatchObject([{ level, what: expect.stringContaining(what) }]);
  });
});

describe('the check of partner sources', () => {
  const SOURCE = 'aws.partner/stripe.com/ed_1';
  const partnerSources = [{ name: 'bridge', source: SOURCE, mode: 'live', payload: 'either', accounts: 'own' }];
  const RULE = {
    Name: 'stripe-fanout-prod-Partner',
    State: 'ENABLED',
    EventPattern: JSON.stringify({ source: [SOURCE] }),
  };
  const TARGET = {
    Id: 'Queue',
    Arn: arn('stripe-fanout-prod-partner'),
    DeadLetterConfig: { Arn: arn('stripe-fanout-prod-partner-dlq') },
  };
  const check = async (state: string, rules: readonly object[] = [RULE], targets: readonly object[] = [TARGET]) =>
    checkPartners(
      await fakeTarget(
        {
          DescribeEventSource: () => ({ Name: SOURCE, State: state }),
          ListRules: ({ EventBusName }) => ({ Rules: EventBusName === SOURCE ? rules : [] }),
          ListTargetsByRule: () => ({ Targets: targets }),
        },
        outputs({ partnerSources }),
      ),
    );

  it('says nothing of a stage that has none', async () => {
    expect(await checkPartners(await fakeTarget({}, outputs({})))).toEqual([]);
  });

  it('finds nothing where the source has its bus, and the bus its rule', async () => {
    expect(await check('ACTIVE')).toMatchObject([{ level: 'ok', what: 'bridge feeds the pipeline.' }]);
  });

  it.each([
    ['is not associated with a bus', () => check('PENDING'), /PENDING/, /npm run deploy/],
    ['was deleted at Stripe', () => check('DELETED'), /deleted/, /fanout destinations partner/],
    ['has a bus without our rule', () => check('ACTIVE', []), /no rule/, /npm run deploy/],
    [
      'has a rule that is off',
      () => check('ACTIVE', [{ ...RULE, State: 'DISABLED' }]),
      /switched off/,
      /aws events enable-rule --event-bus-name aws.partner.* partner-loses-events\.md|partner-loses-events\.md$/,
    ],
    [
      'has a rule that leaves some out',
      () => check('ACTIVE', [{ ...RULE, EventPattern: '{"source":["x"]}' }]),
      /another pattern/,
      /--revert-drift/,
    ],
    ['has a rule without a target', () => check('ACTIVE', [RULE], []), /has no target/, /partner-loses-events/],
  ])('finds one that %s', async (_, look, what, remedy) => {
    const [finding] = await look();

    expect(finding).toMatchObject({ check: 'partner sources', level: 'error' });
    expect(finding?.what).toMatch(what);
    expect(finding?.remedy).toMatch(remedy);
  });
});
