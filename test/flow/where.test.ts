import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, cliJson } from './run-cli.ts';
import { breakUntilMended, fresh, startPipeline } from './start-pipeline.ts';

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
beforeAll(async () => {
  pipeline = await startPipeline();
});
afterAll(() => pipeline[Symbol.asyncDispose]());

describe('fanout where', () => {
  it('follows an event from published to handled, and shows its object', async () => {
    const event = fresh('customer.created');
    pipeline.runtime.setPolling('stripe-fanout-dev-handler-core', false);

    await pipeline.send(event);
    await pipeline.runtime.settled();
    const waiting = await cliJson(pipeline, 'where', event.id);
    pipeline.runtime.setPolling('stripe-fanout-dev-handler-core', true);
    await pipeline.runtime.settled();
    const handled = await cliJson(pipeline, 'where', event.id);

    expect(waiting.data).toMatchObject({ standing: 'published', domain: 'core', objects: [] });
    expect(handled.data).toMatchObject({
      standing: 'handled',
      type: 'customer.created',
      object: event.data.object.id,
      destination: 'account',
      objects: [{ object: event.data.object.id, scope: 'test', recent: [event.id], state: 'kept' }],
    });
    expect(handled.code).toBe(0);
  });

  it('finds an event that fails, with its reason, and later that it was handled after all', async () => {
    const event = fresh('invoice.payment_failed');
    const mend = breakUntilMended(pipeline, {
      service: 'dynamodb',
      operation: 'PutItem',
      match: `dunning:${event.data.object.id}`,
      times: 'always',
      error: 'ProvisionedThroughputExceededException',
    });

    await pipeline.send(event);
    await expect.poll(() => pipeline.failures('billing')).not.toEqual([]);
    const failing = await cliJson(pipeline, 'where', event.id);
    mend();
    await expect.poll(() => pipeline.runtime.queueDepths()['stripe-fanout-dev-billing']?.inFlight).toBe(0);
    await cli(pipeline, 'dlq', 'redrive', 'billing', '--yes');
    await pipeline.runtime.settled();
    const handled = await cliJson(pipeline, 'where', event.id);

    expect(failing.data).toMatchObject({ standing: 'failing', domain: 'billing' });
    expect(JSON.stringify(failing.data.steps)).toContain('objects_unavailable');
    expect(handled.data.standing).toBe('handled');
  });

  it('follows a thin event through the resolver to its domain', async () => {
    const emit = () => pipeline.runtime.stripe?.emit({ type: 'invoice.paid', style: 'thin' })[0]?.id ?? '';
    pipeline.runtime.setPolling('stripe-fanout-dev-resolver', false);

    const id = emit();
    await pipeline.runtime.settled();
    const waiting = await cliJson(pipeline, 'where', id);
    pipeline.runtime.setPolling('stripe-fanout-dev-resolver', true);
    await pipeline.runtime.settled();
    const handled = await cliJson(pipeline, 'where', id);

    expect(waiting.data).toMatchObject({ standing: 'announced', payload: 'thin', domain: 'billing' });
    expect(handled.data).toMatchObject({ standing: 'handled', objects: [{ recent: [id] }] });
    expect(handled.data.steps.map(({ stage }: { stage: string }) => stage)).toContain('resolve');
  });

  it('finds an event whose dead letter was put aside, with the reason, until it is sent to the queue again', async () => {
    const event = fresh('review.opened');
    const mend = breakUntilMended(pipeline, {
      service: 'dynamodb',
      operation: 'PutItem',
      match: String(event.data.object.id),
      times: 'always',
      error: 'AccessDeniedException',
    });

    await pipeline.send(event);
    await pipeline.runtime.settled();
    mend();
    await cli(pipeline, 'dlq', 'park', 'fraud', '--ids', event.id, '--reason', 'asked the bank', '--yes');
    const parked = await cliJson(pipeline, 'where', event.id);
    await cli(pipeline, 'dlq', 'unpark', 'fraud', '--yes');
    await pipeline.runtime.settled();
    const handled = await cliJson(pipeline, 'where', event.id);

    expect(parked.data).toMatchObject({ standing: 'parked', meaning: expect.stringContaining('asked the bank') });
    expect(handled.data.standing).toBe('handled');
  });

  it('finds an event while it is being published, and while a reaction to it runs', async () => {
    const [publishing, reacting] = [fresh('charge.succeeded'), fresh('invoice.payment_failed')];
    const hang = (service: 'events' | 'dynamodb', operation: string, match: string) =>
      breakUntilMended(pipeline, { service, operation, match, times: 'always', error: 'hang' });
    const mends = [
      hang('events', 'PutEvents', publishing.id),
      hang('dynamodb', 'PutItem', `dunning:${reacting.data.object.id}`),
    ];

    const sent = [pipeline.send(reacting)];
    const standing = async (id: string) => (await cliJson(pipeline, 'where', id)).data.standing;
    // Such a moment passes; the queue tries again by itself, and Stripe sends again.
    const again = async () => {
      sent.push(pipeline.send(publishing));
      return standing(publishing.id);
    };
    const patience = { interval: 100 };
    await expect.poll(again, patience).toBe('publishing');
    await expect.poll(() => standing(reacting.id), patience).toBe('reacting');
    for (const mend of mends) mend();
    await Promise.all(sent);
  });

  // A claim lasts for 15 s, by the code's own clock.
  it.runIf(process.env.MODE === 'full')('finds an event whose publishing was interrupted', async () => {
    const event = fresh('charge.succeeded');
    breakUntilMended(pipeline, { service: 'events', operation: 'PutEvents', match: event.id, times: 1, error: 'hang' });

    const sent = pipeline.send(event);
    await expect.poll(() => pipeline.runtime.faults.list().length).toBe(0);
    await pipeline.runtime.killWorkers('stripe-fanout-dev-ingress');
    await sent;

    const standing = async () => (await cliJson(pipeline, 'where', event.id)).data.standing;
    await expect.poll(standing).toBe('interrupted');
  });

  it('tells an event that could not be published from one that nobody knows', async () => {
    const event = fresh('charge.succeeded');
    const mend = breakUntilMended(pipeline, {
      service: 'events',
      operation: 'PutEvents',
      times: 'always',
      error: 'AccessDeniedException',
    });

    await pipeline.send(event);
    mend();
    const failed = await cliJson(pipeline, 'where', event.id);
    const unknown = await cliJson(pipeline, 'where', 'evt_nobody_knows');

    expect(failed.data).toMatchObject({ standing: 'publish_failed' });
    expect(unknown).toMatchObject({ code: 1, data: { error: { code: 'not_found' } } });
  });

  it('prints an object for a person, and its data only when asked', async () => {
    const event = fresh('product.created');
    const id = String(event.data.object.id);

    await pipeline.send(event);
    await pipeline.runtime.settled();
    const plain = await cli(pipeline, 'where', id);
    const withData = await cliJson(pipeline, 'where', id, '--data');

    expect(plain.stdout).toContain(event.id);
    expect(plain.stdout).not.toContain(String(event.data.object.name));
    expect(withData.data[0].data).toEqual(event.data.object);
  });

  it('reaches nothing without being told exactly one pipeline', async () => {
    const { code, stderr } = await cli(pipeline, 'where', 'evt_1', '--stage', 'dev');

    expect(stderr).toContain('Say which pipeline');
    expect(code).toBe(2);
  });
});
