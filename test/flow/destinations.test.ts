import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { requiresSelection } from '#shared/destinations/wanted-types.ts';
import { counted } from './fill-dlq.ts';
import { cli, cliJson } from './run-cli.ts';
import { breakUntilMended, startPipeline, stripeBeside, stripeLibrary } from './start-pipeline.ts';

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
let secrets: SecretsManagerClient;
beforeAll(async () => {
  pipeline = await startPipeline();
  secrets = new SecretsManagerClient(pipeline.aws);
  // As a first deployment leaves it: nobody has stored a signing secret.
  await put('{"_placeholder":"0123"}');
});
afterAll(async () => {
  secrets.destroy();
  await pipeline[Symbol.asyncDispose]();
});

async function put(SecretString: string): Promise<void> {
  await secrets.send(new PutSecretValueCommand({ SecretId: secretName(), SecretString }));
  await pipeline.runtime.killWorkers('stripe-fanout-dev-ingress');
}

async function stored(): Promise<Record<string, readonly string[]>> {
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: secretName() }));
  return JSON.parse(SecretString);
}

function secretName(): string | undefined {
  return pipeline.runtime.outputs.SigningSecretName;
}

const stripe = () => stripeBeside(pipeline);

/** Of the types of each destination, every how manieth is sent. */
const EACH = counted(12, 1);

const APPLY = ['destinations', 'apply', '--yes', '--settle-seconds', '0'];
/** A live account has destinations of its own: what is tried out there leaves those of test mode alone. */
const LIVE = ['--mode', 'live'];
/** Stage dev: own and connected accounts, snapshots and thin events. */
const SLOTS = ['account/snapshot', 'account/thin', 'connect/snapshot', 'connect/thin'];

interface Item {
  readonly wanted: { readonly slot: string; readonly enabledEvents: readonly string[] };
  readonly found?: { readonly id: string };
  readonly changes: readonly { readonly kind: string }[];
}

function changesIn(items: readonly Item[]): unknown {
  return items.flatMap(({ wanted, changes }) => changes.map(({ kind }) => `${wanted.slot} ${kind}`));
}

describe('a new installation', () => {
  it('has a plan that shows what is missing and changes nothing', async () => {
    const { code, stdout } = await cli(pipeline, 'destinations', 'plan');
    const { data } = await cliJson(pipeline, 'destinations', 'plan');

    expect(stdout).toContain('[+] account/snapshot → ');
    expect(stdout).toContain('identity.verification_session.redacted');
    expect(stdout).toContain('Not asked for: issuing_authorization.request');
    expect(changesIn(data.items)).toEqual(SLOTS.map((slot) => `${slot} create`));
    expect(stripe().destinations.all(false)).toEqual([]);
    expect(code).toBe(0);
  });

  it('is not changed without a yes', async () => {
    const { stdout } = await cli(pipeline, 'destinations', 'apply');

    expect(stdout).toContain('Nothing was changed: add --yes');
    expect(stripe().destinations.all(false)).toEqual([]);
  });

  it('is connected by one command, which stores each secret and prints none', async () => {
    const { code, stdout, stderr } = await cli(pipeline, ...APPLY);
    const made = stripe().destinations.all(false);

    expect(stderr + stdout).not.toContain('whsec_');
    expect(code).toBe(0);
    expect(made.map(({ payload, eventsFrom }) => `${payload} ${eventsFrom}`)).toEqual([
      'snapshot @self',
      'thin @self',
      'snapshot @accounts',
      'thin @accounts',
    ]);
    const { account = [], connect = [] } = await stored();
    expect([...account, ...connect].sort()).toEqual(made.map(({ secret }) => secret).sort());
  });

  it('then has nothing left to change', async () => {
    const { code, data } = await cliJson(pipeline, ...APPLY);

    expect(changesIn(data.items)).toEqual([]);
    expect(data.changed).toBe(0);
    expect(code).toBe(0);
  });

  it('receives every type that it asked for, once, from its own and from connected accounts', async () => {
    const { data } = await cliJson(pipeline, 'destinations', 'plan');
    const asked = data.items.flatMap(({ wanted }: Item) =>
      wanted.enabledEvents
        .filter((name) => EVENT_TYPES.some((entry) => name === entry.type || name === entry.thin?.type))
        .filter((name, index) => index % EACH === 0 || requiresSelection(name))
        .map((type) => ({
          type,
          style: wanted.slot.endsWith('/thin') ? ('thin' as const) : ('snapshot' as const),
          tag: 'all',
          ...(wanted.slot.startsWith('connect') && { account: 'acct_1Connected' }),
        })),
    );

    const sent = asked.flatMap((emission: Parameters<ReturnType<typeof stripe>['emit']>[0]) => stripe().emit(emission));
    await expect.poll(() => stripe().deliveries('all'), { timeout: 120_000 }).toMatchObject({ pending: 0 });

    expect(sent.length).toBeGreaterThan(counted(60, 740));
    expect(stripe().deliveries('all')).toMatchObject({ accepted: sent.length, duplicates: 0, refusals: {} });
    const silent = sent.filter(({ id }: { id: string }) => pipeline.published(id).length === 0);
    expect(silent).toEqual([]);
  });
});

describe('what somebody changed at Stripe', () => {
  it('is shown, and put right: types that are missing, a destination that is off', async () => {
    const [one] = stripe().destinations.all(false);
    if (one === undefined) throw new Error('The new installation has made destinations.');
    Object.assign(one.changeable, { enabledEvents: ['invoice.paid', 'charge.captured'], status: 'disabled' });

    const { stdout } = await cli(pipeline, 'destinations', 'plan');
    const { data } = await cliJson(pipeline, ...APPLY);

    expect(stdout).toContain('+ 272 event types: account.application.authorized');
    expect(stdout).toContain('is disabled (user): enable it');
    expect(data.changed).toBe(2);
    expect(one.changeable).toMatchObject({
      status: 'enabled',
      enabledEvents: expect.objectContaining({ length: 274 }),
    });
  });

  it('is only shown where Stripe fixes it: another API version takes a rotation', async () => {
    const made = await stripeLibrary(pipeline, 'live').webhookEndpoints.create({
      url: `${pipeline.runtime.outputs.WebhookUrl}/account`,
      enabled_events: ['invoice.paid'],
      api_version: '2025-01-27.acacia',
    });

    const { data } = await cliJson(pipeline, 'destinations', 'plan', ...LIVE);
    await stripeLibrary(pipeline, 'live').webhookEndpoints.del(made.id);

    expect(data.items[0]).toMatchObject({
      found: { id: made.id },
      changes: [
        { kind: 'adopt' },
        { kind: 'rotate', why: 'API version 2025-01-27.acacia → 2026-10-28.endive' },
        { kind: 'rotate', why: 'classic endpoint → event destination' },
        { kind: 'rotate', why: 'its signing secret is stored nowhere' },
        { kind: 'types' },
      ],
    });
  });
});

describe('a command that dies', () => {
  it('after a destination was made and before its secret was stored leaves what the next one makes anew', async () => {
    const mend = breakUntilMended(pipeline, {
      service: 'secretsmanager',
      operation: 'PutSecretValue',
      times: 'always',
      error: 'InternalServiceError',
    });
    const died = await cli(pipeline, ...APPLY, ...LIVE);
    const [lost] = stripe().destinations.all(true);
    mend();
    const { data: plan } = await cliJson(pipeline, 'destinations', 'plan', ...LIVE);
    const { code } = await cli(pipeline, ...APPLY, ...LIVE);

    const ids = stripe()
      .destinations.all(true)
      .map(({ id }) => id);
    expect(died.code).toBe(1);
    expect(lost?.changeable.enabledEvents).toEqual(['climate.product.created']);
    expect(plan.items[0].changes).toEqual([{ kind: 'recreate' }]);
    expect(code).toBe(0);
    expect(ids).toHaveLength(4);
    expect(ids).not.toContain(lost?.id);
    const { account = [], connect = [] } = await stored();
    expect([...account, ...connect]).not.toContain(lost?.secret);
    expect([...account, ...connect]).toHaveLength(8);
  });

  it('after the secrets were stored and before all types were asked for leaves what the next one opens', async () => {
    for (const { changeable } of stripe().destinations.all(true)) {
      const { stripe_fanout_opened: _, ...unopened } = changeable.metadata;
      Object.assign(changeable, { metadata: unopened, enabledEvents: changeable.enabledEvents.slice(0, 1) });
    }
    const before = await stored();

    const { data: plan } = await cliJson(pipeline, 'destinations', 'plan', ...LIVE);
    const { code } = await cli(pipeline, ...APPLY, ...LIVE);

    expect(changesIn(plan.items)).toEqual(SLOTS.map((slot) => `${slot} open`));
    expect(code).toBe(0);
    expect(await stored()).toEqual(before);
    expect(changesIn((await cliJson(pipeline, 'destinations', 'plan', ...LIVE)).data.items)).toEqual([]);
  });
});

describe('what there is at Stripe', () => {
  it('is listed with its state, its types and whether its secret is stored', async () => {
    const { stdout } = await cli(pipeline, 'destinations', 'status', ...LIVE);
    const { data } = await cliJson(pipeline, 'destinations', 'status', ...LIVE);

    expect(stdout).toContain('274 of 274');
    expect(data.destinations).toMatchObject(SLOTS.map((slot) => ({ slot, state: 'enabled', secret: 'stored' })));
    expect(data.undelivered).toBe('0');
  });

  it('is deleted by name, with its secret, and not while events are owed', async () => {
    const fault = { service: 'events', operation: 'PutEvents', times: 'always', error: 'InternalFailure' } as const;
    const mend = breakUntilMended(pipeline, fault);
    // An instance asks for changed secrets once a minute: a new one has those that were stored just now.
    await pipeline.runtime.killWorkers('stripe-fanout-dev-ingress');
    stripe().emit({ type: 'charge.captured', account: 'acct_1Connected', livemode: true, tag: 'owed' });
    await expect.poll(() => stripe().deliveries('owed').refusals).toHaveProperty('503');
    const refused = await cli(pipeline, 'destinations', 'remove', 'connect', '--yes', ...LIVE);
    mend();
    await expect.poll(() => stripe().deliveries('owed')).toMatchObject({ pending: 0 });
    const { code } = await cli(pipeline, 'destinations', 'remove', 'connect', '--yes', ...LIVE);

    expect(refused).toMatchObject({ code: 1, stdout: expect.stringContaining('1 events are not on the bus yet') });
    expect(code).toBe(0);
    const left = stripe().destinations.all(true);
    expect(left.map(({ eventsFrom }) => eventsFrom)).toEqual([['@self'], ['@self']]);
    expect((await stored()).connect).toHaveLength(2);
  });
});

it('makes a destination of the kind Amazon EventBridge, and says what to declare and until when', async () => {
  const { data } = await cliJson(pipeline, 'destinations', 'partner', '--yes', ...LIVE);
  const { stdout } = await cli(pipeline, 'destinations', 'plan', ...LIVE);

  const made = stripe()
    .destinations.all(true)
    .find(({ id }) => id === data.id);
  expect(made).toMatchObject({ type: 'amazon_eventbridge', payload: 'snapshot', eventsFrom: ['@self'] });
  expect(Date.parse(data.associateBefore) - (made?.createdMs ?? 0)).toBe(7 * 86_400_000);
  expect(stdout).toContain(`partnerEventSources: ['${data.source}']`);
});
