import { describe, expect, it } from 'vitest';
import { receive } from '#functions/ingress/receive.ts';
import { SignerNotes } from '#functions/ingress/signer-notes.ts';
import { SecretDocument } from '#shared/destinations/secret-document.ts';
import { LedgerUnavailable } from '#shared/errors/store-errors.ts';
import { secretFingerprint } from '#shared/signature/secret-fingerprint.ts';
import { fakeWorld, never, SECRET, signed, snapshot } from './ingress-fakes.ts';

const TWIN = 'whsec_twin';
const OWNER = { id: 'ed_2', destination: 'account', mode: 'test' } as const;

/** A world in which a rotation waits for the twin's secret. */
function rotating() {
  const seen: string[] = [];
  const world = fakeWorld();
  const fail: Error[] = [];
  world.secret = new SecretDocument(world.secret).with(OWNER, TWIN).awaiting(secretFingerprint(TWIN)).text;
  const log = {
    async seen(destination: string, fingerprint: string) {
      const error = fail.shift();
      if (error) throw error;
      seen.push(`${destination} ${fingerprint}`);
    },
  };
  const signers = new SignerNotes(log, world.secrets, world.clock);
  const post = (secret: string, id = 'evt_1') =>
    receive({ ...world, signers }, signed(snapshot({ id }), { secret, at: world.time.now }), never);
  return { world, seen, fail, post };
}

describe('a rotation that waits for a secret', () => {
  it('is told that a delivery was taken which that secret had signed, also one of an event known already', async () => {
    const { seen, post } = rotating();

    await post(SECRET);
    expect(seen).toEqual([]);

    expect(await post(TWIN)).toMatchObject({ statusCode: 200, body: expect.stringContaining('duplicate') });
    expect(seen).toEqual([`account ${secretFingerprint(TWIN)}`]);
  });

  it('is told once a minute at most', async () => {
    const { world, seen, post } = rotating();

    await post(TWIN, 'evt_1');
    await post(TWIN, 'evt_2');
    world.time.now += 60_000;
    await post(TWIN, 'evt_3');

    expect(seen).toHaveLength(2);
  });

  it('is told nothing of a delivery that was not taken', async () => {
    const { world, seen, post } = rotating();
    world.fail.publish.push(new LedgerUnavailable('down'));

    expect(await post(TWIN)).toMatchObject({ statusCode: 503 });
    expect(seen).toEqual([]);
  });

  it('changes no answer when it cannot be told, and is told the next time', async () => {
    const { fail, seen, post } = rotating();
    fail.push(new LedgerUnavailable('down'));

    expect(await post(TWIN, 'evt_1')).toMatchObject({ statusCode: 200 });
    expect(await post(TWIN, 'evt_2')).toMatchObject({ statusCode: 200 });

    expect(seen).toHaveLength(1);
  });
});

it('takes a ping also where snapshots are asked for', async () => {
  const world = fakeWorld([{ payload: 'snapshot' }]);
  const ping = {
    id: 'evt_test_ping',
    object: 'v2.core.event',
    type: 'v2.core.event_destination.ping',
    livemode: false,
    created: '2026-11-20T11:59:58.328027017Z',
  };

  expect(await receive(world, signed(JSON.stringify(ping)), never)).toMatchObject({ statusCode: 200 });
  expect(await receive(world, signed(JSON.stringify({ ...ping, type: 'v1.invoice.paid' })), never)).toMatchObject({
    statusCode: 400,
  });
});
