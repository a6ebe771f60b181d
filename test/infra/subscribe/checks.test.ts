import { readFileSync } from 'node:fs';
import { Duration } from 'aws-cdk-lib';
import { EventBus, type IEventBus, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { EventSourceMapping, type IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { describe, expect, it } from 'vitest';
import { InvalidSubscription } from '#infra/subscribe/invalid-subscription.ts';
import { StripeFanoutBus } from '#infra/subscribe/stripe-fanout-bus.ts';
import type { StripeEventSubscriptionProps } from '#infra/subscribe/subscription-props.ts';
import { ROUTES } from '#shared/catalogue/routes.ts';
import { BUS_ARN, cdk, TEAM_ACCOUNT, TeamApp } from './team-app.ts';

type Props = Partial<StripeEventSubscriptionProps>;

/** What a subscription is refused for. */
function problems(props: Props | ((team: TeamApp) => Props), team = new TeamApp()): readonly string[] {
  try {
    team.subscribe(typeof props === 'function' ? props(team) : props);
    return [];
  } catch (refused) {
    if (refused instanceof InvalidSubscription) return refused.problems;
    throw refused;
  }
}

/** What synthesis warns of. */
function warnings(props: Props | ((team: TeamApp) => Props)): readonly string[] {
  const team = new TeamApp();
  team.subscribe(typeof props === 'function' ? props(team) : props);
  return team.said('Warning').map((text) => text.replace(/ \[ack: [^\]]+\]$/, ''));
}

/** What synthesis ends with. */
function synthesisOf(team: TeamApp): string {
  try {
    team.template();
    return '';
  } catch (failed) {
    return failed instanceof Error ? failed.message : String(failed);
  }
}

describe('event types', () => {
  it.each([
    ['invoice.payment_faild', 'there is no such event type. Did you mean "invoice.payment_failed"?'],
    ['custmer.subscription.*', 'no event type starts so. Did you mean "customer.subscription.*"?'],
    ['invoice', 'there is no such event type. Did you mean'],
    [
      'hologram.projected',
      'there is no such event type. If Stripe has added it since this version, say allowUnknown: true.',
    ],
  ])('%s: nothing in the catalogue is called so, and the nearest names are suggested', (selector, message) => {
    const [first, ...others] = problems({ events: ['invoice.paid', selector] });

    expect(first).toContain(`events[1] is "${selector}": ${message}`);
    expect(others).toEqual([]);
  });

  it('that the catalogue does not know are allowed by allowUnknown, if Stripe could ever call one so', () => {
    expect(problems({ events: ['hologram.projected', 'hologram.*'], allowUnknown: true })).toEqual([]);
    expect(problems({ events: ['Hologram'], allowUnknown: true })).toEqual([
      'events[0] is "Hologram": no event type can look like that: lower-case words with dots between.',
    ]);
  });

  it.each(['invoice*', '*.created', 'customer.*.created', 'invoice.p*'])(
    '%s: a star is for the end, after a dot',
    (selector) => {
      expect(problems({ events: [selector] })).toEqual([
        expect.stringContaining("write '*' only at the end and after a dot"),
      ]);
    },
  );

  it('must be named', () => {
    expect(problems({ events: [] })).toEqual([expect.stringContaining('events is empty')]);
  });

  it('may be written as thin events are', () => {
    const team = new TeamApp();
    const { pattern } = team.subscribe({ events: ['v1.invoice.paid', 'invoice.paid'] });

    expect(pattern['detail-type']).toEqual(['invoice.paid']);
  });

  it.each(['issuing_authorization.request', 'issuing_authorization.*', '*'])(
    '%s: a decision cannot be made over a bus, unless copies are wanted that decide nothing',
    (selector) => {
      expect(problems({ events: [selector] })).toEqual([
        expect.stringContaining(
          'events asks for issuing_authorization.request: Stripe waits two seconds for the answer',
        ),
      ]);
      expect(problems({ events: [selector], allowUndecided: true })).toEqual([]);
    },
  );

  it('that Stripe sends by name only are warned of', () => {
    expect(warnings({ events: ['identity.verification_session.*'] })).toEqual([
      expect.stringContaining(
        'Stripe sends identity.verification_session.redacted only to destinations that list it by name',
      ),
    ]);
    expect(warnings({ events: ['identity.verification_session.created'] })).toEqual([]);
  });
});

describe('where', () => {
  it('names connected accounts by their ids', () => {
    expect(problems({ where: { account: ['acme'] } })).toEqual([
      'where.account[0] is "acme": write the id of a connected account, acct_….',
    ]);
    expect(problems({ where: { account: [] } })).toEqual([expect.stringContaining('where.account is an empty list')]);
  });

  it('takes only what EventBridge takes, and says where it does not', () => {
    expect(problems({ where: { object: { amount: [{ numeric: ['>', 'many'] }] } } })).toEqual([
      expect.stringMatching(/^where\.object\.amount\[0\].*: EventBridge would refuse it, for .+\.$/),
    ]);
  });

  it('is not longer than a pattern may be', () => {
    const account = Array.from({ length: 90 }, (_, index) => `acct_${String(index).padStart(20, '0')}`);

    expect(problems({ where: { account } })).toEqual([
      expect.stringMatching(/^events and where make a pattern of \d{4} characters, and EventBridge takes 2048: /),
    ]);
  });

  it.each([
    ['object.lines.data', { object: { lines: { data: ['il_1'] } } }],
    ['object.default_tax_rates', { object: { default_tax_rates: ['txr_1'] } }],
    ['previous_attributes.status', { previousAttributes: { status: ['draft'] } }],
  ] as const)('warns of %s, which the entry of an event too large for the bus does not carry', (path, where) => {
    expect(warnings({ where })).toEqual([
      expect.stringContaining(`where looks at ${path}: an event that is too large`),
    ]);
  });

  it('does not warn of the object’s scalars and its metadata', () => {
    expect(warnings({ where: { object: { status: ['open'], metadata: { plan: ['gold'] } }, livemode: true } })).toEqual(
      [],
    );
  });

  it('warns of a field that no such object has', () => {
    expect(warnings({ where: { object: { colection_method: ['send_invoice'] } } })).toEqual([
      expect.stringContaining('where.object.colection_method: no sample of these events has that field'),
    ]);
  });
});

describe('a function', () => {
  it('is not given the same event again while it may still work on it', () => {
    expect(problems({ visibilityTimeout: Duration.seconds(119) })).toEqual([
      expect.stringContaining('visibilityTimeout is 119 s, but the function may take 20 s'),
    ]);
    expect(problems({ visibilityTimeout: Duration.seconds(120) })).toEqual([]);
  });

  it('of which only the name is known needs its timeout said', () => {
    const imported = (team: TeamApp) => LambdaFunction.fromFunctionName(team.stack, 'Imported', 'dunning');

    expect(problems((team) => ({ target: imported(team) }))).toEqual([expect.stringContaining('say handlerTimeout')]);
    expect(problems((team) => ({ target: imported(team), handlerTimeout: Duration.seconds(5) }))).toEqual([]);
  });

  it('is known by its version or alias too', () => {
    expect(
      problems((team) => ({
        target: cdk<IFunction>(team.handler.addAlias('live')),
        visibilityTimeout: Duration.seconds(9),
      })),
    ).toEqual([expect.stringContaining('the function may take 20 s')]);
  });

  it.each<[string, Props]>([
    ['batchSize is 0', { batchSize: 0 }],
    ['batchSize is 11, and SQS hands out ten at once', { batchSize: 11 }],
    ['batchSize is 20, and a FIFO queue gives ten', { batchSize: 20, batchingWindow: Duration.seconds(1), fifo: true }],
    ['batchingWindow is 301', { batchingWindow: Duration.seconds(301) }],
    ['batchingWindow is not for FIFO queues', { batchingWindow: Duration.seconds(1), fifo: true }],
    ['maxConcurrency is 1', { maxConcurrency: 1 }],
    ['maxReceiveCount is 0', { maxReceiveCount: 0 }],
    ['visibilityTimeout is 43201 s: SQS takes up to 43200 s', { visibilityTimeout: Duration.seconds(43_201) }],
    ['handlerTimeout is 5 s, and the function’s own', { handlerTimeout: Duration.seconds(5) }],
  ])('is refused what Lambda or SQS refuses: %s', (message, props) => {
    expect(problems(props).join('\n')).toContain(message.replace('’', "'"));
  });

  it('gets one event of an object at a time only of objects that have an id', () => {
    expect(problems({ events: ['invoice.*', 'balance.available'], fifo: true })).toEqual([
      expect.stringMatching(/^fifo keeps .* without one: balance\.available, invoice\.upcoming\./),
    ]);
    expect(problems({ events: ['invoice.paid', 'customer.subscription.*'], fifo: true })).toEqual([]);
  });
});

describe('a queue', () => {
  it('that is drained by a function of the app hides events long enough for it', () => {
    const team = new TeamApp();
    const queue = new Queue(team.stack, 'Queue', { visibilityTimeout: Duration.seconds(60) });
    team.subscribe({ target: queue });
    // The mapping may come after the subscription.
    new EventSourceMapping(team.stack, 'Mapping', { target: team.handler, eventSourceArn: queue.queueArn });

    expect(synthesisOf(team)).toContain("The queue's visibilityTimeout is 60 s, but its consumer may take 20 s");
  });

  it('that is drained by somebody else hides events for the time that is named', () => {
    const team = new TeamApp();
    team.subscribe({ target: new Queue(team.stack, 'Queue'), handlerTimeout: Duration.minutes(1) });

    expect(synthesisOf(team)).toContain("The queue's visibilityTimeout is 30 s, but its consumer may take 60 s");
  });

  it('takes messages as large as events on the bus', () => {
    const team = new TeamApp();
    team.subscribe({ target: new Queue(team.stack, 'Queue', { maxMessageSizeBytes: 65_536 }) });

    expect(synthesisOf(team)).toContain('The queue takes messages of up to 65536 bytes');
  });

  it('without a DLQ is warned of', () => {
    expect(warnings((team) => ({ target: new Queue(team.stack, 'Queue') }))).toEqual([
      expect.stringContaining('The queue has no DLQ'),
    ]);
  });

  it('that is imported must let the rule in by itself', () => {
    const { region } = new TeamApp().stack;
    const target = (team: TeamApp) =>
      Queue.fromQueueArn(team.stack, 'Queue', `arn:aws:sqs:${region}:111122223333:legacy`);

    expect(warnings((team) => ({ target: target(team), name: 'legacy' }))).toEqual([
      expect.stringContaining(
        'let events.amazonaws.com do sqs:SendMessage on legacy where aws:SourceArn is like arn:aws:events:eu-west-1:111122223333:rule/stripe-fanout-prod/*',
      ),
    ]);
  });

  it('is FIFO or not by itself', () => {
    expect(problems((team) => ({ target: new Queue(team.stack, 'Queue'), fifo: true }))).toEqual([
      'fifo is true and the queue is a standard one: leave fifo out.',
    ]);
  });
});

describe('a state machine', () => {
  const machine = (team: TeamApp) =>
    new StateMachine(team.stack, 'Machine', {
      definitionBody: DefinitionBody.fromChainable(new Pass(team.stack, 'Pass')),
    });
  const large = (team: TeamApp) => StripeFanoutBus.fromArn(team.stack, BUS_ARN, { inlineLimitBytes: 900_000 });

  it('takes the events of a bus with the usual limit', () => {
    expect(problems((team) => ({ target: machine(team) }))).toEqual([]);
  });

  it('is refused events that are larger than its input, unless only a part is handed on', () => {
    expect(problems((team) => ({ target: machine(team), bus: large(team) }))).toEqual([
      expect.stringContaining('puts events of up to 900000 bytes on its bus, and a state machine takes 262144'),
    ]);
    const transform = RuleTargetInput.fromObject({ id: '$.detail.id' });
    expect(problems((team) => ({ target: machine(team), bus: large(team), transform }))).toEqual([]);
  });

  it('is told which options are not for it', () => {
    expect(problems((team) => ({ target: machine(team), batchSize: 5, fifo: true }))).toEqual([
      'batchSize means nothing for a state machine as a target: it is for a function. Leave it out.',
      'fifo means nothing for a state machine as a target: it is for a function or a queue. Leave it out.',
    ]);
  });
});

describe('a bus as the target', () => {
  it('passes events on as they are', () => {
    const transform = RuleTargetInput.fromText('nothing');

    expect(problems((team) => ({ target: cdk<IEventBus>(new EventBus(team.stack, 'Bus')), transform }))).toEqual([
      expect.stringContaining('transform means nothing for a bus'),
    ]);
  });
});

describe('name and route', () => {
  it.each(['Dunning', 'a', 'dunning_service', 'a-name-that-is-longer-than-that'])('%s is no name', (name) => {
    expect(problems({ name })).toEqual([
      expect.stringContaining(`name is "${name}": write 2 to 18 lower-case letters`),
    ]);
  });

  it('are not chosen where the bus is in the same account', () => {
    expect(problems({ via: 'direct', name: 'dunning' })).toEqual([
      expect.stringContaining("via is 'direct', but the bus is"),
    ]);
  });

  it('across accounts need a name that both sides know, and a function', () => {
    const abroad = () => new TeamApp({ account: TEAM_ACCOUNT });

    expect(problems({ via: 'direct' }, abroad())).toEqual([expect.stringContaining("via: 'direct' needs a name")]);
    const toQueue = (team: TeamApp) => ({
      via: 'direct' as const,
      name: 'dunning',
      target: new Queue(team.stack, 'Queue'),
    });
    expect(problems(toQueue, abroad())).toEqual([
      expect.stringContaining("via: 'direct' brings events into a queue of its own"),
    ]);
  });
});

describe('startFrom', () => {
  it.each<[string, Props]>([
    ['startFrom is no date', { startFrom: new Date('yesterday') }],
    ['which lies ahead', { startFrom: new Date(Date.now() + 60_000) }],
    ["which replay: 'ignore' keeps out", { startFrom: new Date(0), replay: 'ignore' }],
  ])('is refused where it makes no sense: %s', (message, props) => {
    expect(problems(props)).toEqual([expect.stringContaining(message)]);
  });
});

describe('quotas', () => {
  it('count the rules of the pipeline and of the app on the bus', () => {
    const team = new TeamApp();
    const room = 300 - (ROUTES.length + 3);
    for (let index = 0; index <= room; index += 1) team.subscribe({ target: queue(team) }, `S${index}`);

    expect(synthesisOf(team)).toContain('stripe-fanout-prod: 301 rules on the bus, but 300 is the quota');
  });

  it('are fewer in some Regions', () => {
    const team = new TeamApp({ region: 'eu-south-1' });
    for (let index = 0; index < 26; index += 1) team.subscribe({ target: queue(team) }, `S${index}`);

    expect(synthesisOf(team)).toContain('stripe-fanout-prod: 101 rules on the bus, but 100 is the quota');
  });

  it('count the targets that somebody adds to a rule', () => {
    const team = new TeamApp();
    const subscription = team.subscribe();
    for (let index = 0; index < 5; index += 1) {
      subscription.rule?.addTarget({ bind: () => ({ arn: `arn:aws:sqs:eu-west-1:111122223333:more-${index}` }) });
    }

    expect(synthesisOf(team)).toContain('6 targets, but 5 is the quota');
  });
});

/** The app's one queue for everybody: its policy lets in however many rules there are. */
function queue(team: TeamApp): Queue {
  const existing = team.stack.node.tryFindChild('Shared');
  return existing instanceof Queue ? existing : new Queue(team.stack, 'Shared');
}

describe('all that is wrong', () => {
  it('is said at once, with the path of the construct', () => {
    const team = new TeamApp();

    expect(() => team.subscribe({ events: ['invoice.payd'], maxConcurrency: 0 })).toThrow(
      /^The subscription Dunning\/FailedPayments cannot be deployed:\n {2}- events\[0\].*\n {2}- maxConcurrency is 0/,
    );
  });
});

describe('the guide', () => {
  it('names every option', () => {
    const props = ['subscription-props', 'selector-problems'].map((file) =>
      readFileSync(`infra/subscribe/${file}.ts`, 'utf8'),
    );
    const options = Array.from(props.join('').matchAll(/^ {2}readonly (\w+)\??:/gm), ([, option = '']) => option);
    const guide = readFileSync('docs/guides/subscribe.md', 'utf8');

    expect(options.length).toBeGreaterThan(20);
    expect(options.filter((option) => !guide.includes(`\`${option}\``) && !guide.includes(`${option}:`))).toEqual([]);
  });
});
