import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { operatorClients } from '#functions/adapters/operator/operator-clients.ts';
import { close, listen } from '#local/listen.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import { DeployedStage } from '../../smoke/deployed-stage.ts';

const event = sampleEvent('charge.succeeded', { seed: 'smoke', created: 1_790_000_000 });
const ACCEPTED = JSON.stringify({ outcome: 'accepted' });

/** A deployed stage whose API answers this, one request after the other, and its last answer from then on. */
async function answering(...answers: readonly (readonly [status: number, body: string])[]) {
  let asked = 0;
  const server = createServer((_, response) => {
    const [status = 500, body = ''] = answers[Math.min(asked++, answers.length - 1)] ?? [];
    response.writeHead(status).end(body);
  });
  const url = `http://127.0.0.1:${await listen(server, 0)}`;
  const clients = operatorClients({ endpoint: 'http://127.0.0.1:1' });
  onTestFinished(async () => {
    clients.destroy();
    await close(server);
  });
  return { stage: new DeployedStage({}, clients, url, 'whsec_test', [0, 0, 0]), asked: () => asked };
}

describe('an event to a deployed stage', () => {
  it('is sent again, as Stripe does, while the answer asks for that', async () => {
    const { stage } = await answering(
      [503, '<html>'],
      [409, JSON.stringify({ error: { code: 'in_progress' } })],
      [200, ACCEPTED],
    );

    expect(await stage.post(event)).toMatchObject({ status: 200, outcome: 'accepted', retries: 2 });
  });

  it('is not sent again when it was taken, or refused', async () => {
    const taken = await answering([200, ACCEPTED]);
    const refused = await answering([400, JSON.stringify({ error: { code: 'signature_mismatch' } })]);

    expect(await taken.stage.post(event)).toMatchObject({ outcome: 'accepted', retries: 0 });
    expect(await refused.stage.post(event)).toMatchObject({ outcome: 'signature_mismatch', retries: 0 });
    expect([taken.asked(), refused.asked()]).toEqual([1, 1]);
  });

  it('is given up after some retries, with the last answer', async () => {
    const { stage, asked } = await answering([503, JSON.stringify({ message: 'Service Unavailable' })]);

    expect(await stage.post(event)).toMatchObject({ status: 503, outcome: undefined, retries: 3 });
    expect(asked()).toBe(4);
  });
});
