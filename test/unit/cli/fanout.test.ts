import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function fanout(...args: string[]): Promise<Ended> {
  const { promise, resolve } = Promise.withResolvers<Ended>();
  execFile(process.execPath, ['cli/fanout.ts', ...args], { maxBuffer: 10_000_000 }, (error, stdout, stderr) =>
    resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr }),
  );
  return promise;
}

describe('fanout', () => {
  it.each([
    [['rout', 'invoice.paid'], 'Did you mean route?'],
    [['route'], 'exactly one event type'],
    [['route', 'invoice.paid', '--stag', 'prod'], 'Did you mean --stage?'],
    [['route', 'invoice.paid', '--stage', 'PROD'], 'cannot be a stage'],
    [['types', '--domain', 'biling'], 'Did you mean billing?'],
    [['send', 'invoce.paid'], 'Did you mean invoice.paid?'],
    [['send', 'invoice.paid', '--url', 'https://example.com'], '--secret'],
    [['send', '--file', 'no-such-file.json'], 'cannot be read'],
  ])('says what is wrong with %j and exits with 2', async (args, hint) => {
    const { code, stdout, stderr } = await fanout(...args);

    expect(stderr).toContain(hint);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('says where a type goes, by its longest prefix', async () => {
    const { code, stdout } = await fanout('route', 'v1.customer.subscription.updated', '--json', '--stage', 'prod');

    expect(JSON.parse(stdout)).toMatchObject({
      canonicalType: 'customer.subscription.updated',
      prefix: 'customer.subscription.',
      rule: 'stripe-fanout-prod-CustomerSubscription',
      domain: 'billing',
      queue: 'stripe-fanout-prod-billing',
      handler: 'stripe-fanout-prod-handler-billing',
    });
    expect(code).toBe(0);
  });

  it('says that a type nobody has heard of goes to "unrecognized"', async () => {
    const { stdout } = await fanout('route', 'galaxy.discovered', '--json');

    expect(JSON.parse(stdout)).toMatchObject({ known: false, prefix: null, domain: 'unrecognized' });
  });

  it('lists the types of a domain', async () => {
    const { stdout } = await fanout('types', 'dispute', '--domain', 'issuing', '--json');

    const types = JSON.parse(stdout).map(({ type }: { type: string }) => type);
    expect(types).toContain('issuing_dispute.created');
    expect(types.every((type: string) => type.startsWith('issuing_'))).toBe(true);
  });

  it('posts a sample that stripe-node accepts, and prints the answer', async () => {
    const accepted: string[] = [];
    const server = createServer(async (request, response) => {
      const body = await text(request);
      accepted.push(
        Stripe.webhooks.constructEvent(body, String(request.headers['stripe-signature']), 'whsec_cli').type,
      );
      response.end(JSON.stringify({ received: true, id: JSON.parse(body).id, outcome: 'accepted' }));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

    const { code, stdout } = await fanout('send', 'invoice.paid', '--url', url, '--secret', 'whsec_cli');

    server.close();
    expect(accepted).toEqual(['invoice.paid']);
    expect(stdout).toMatch(/^200 accepted evt_/);
    expect(code).toBe(0);
  });
});
