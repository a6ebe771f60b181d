import { describe, expect, it } from 'vitest';
import { ChaosWitness } from '#local/chaos/chaos-witness.ts';
import { Observations } from '#local/observe/observations.ts';

describe('the witness of a chaos run', () => {
  it.each([
    ['was lost', 'drop-answer', 1],
    ['never came', 'hang', 1],
    ['came too late', undefined, 1],
    ['was a throttle', 'ProvisionedThroughputExceededException', 0],
    ['was an error', 'InternalServerError', 0],
  ])('knows what is left open where a call is sent again because its answer %s', (_what, fault, times) => {
    const observations = new Observations();
    const witness = new ChaosWitness();
    witness.watch(observations);

    const repeat = (operation: string, text: string) =>
      observations.emit('call-repeated', { operation, body: Buffer.from(text), fault });
    repeat('PutEvents', '{"id":"evt_1"}');
    repeat('UpdateItem', '{"event":"evt_2","stage":"react#billing#invoice.payment_failed"}');
    repeat('UpdateItem', '{"event":"evt_3","stage":"publish"}');

    const open = (id: string) => (times > 0 ? [[id, times]] : []);
    expect([...witness.unknown]).toEqual(open('evt_1'));
    expect([...witness.reactionUnknown]).toEqual(open('evt_2'));
  });

  it('knows of which events an invocation counted that they may have been published twice', () => {
    const observations = new Observations();
    const witness = new ChaosWitness();
    witness.watch(observations);

    witness.sink('ingress', '{"destination":"account","PublishRepeated":1}', 'first');
    witness.sink('ingress', '{"destination":"unknown","PublishRetried":[1,1]}', 'first');
    witness.sink('ingress', '{"destination":"account","Accepted":1,"CompleteUnknown":1}', 'second');
    for (const [requestId, id] of [
      ['first', 'evt_1'],
      ['second', 'evt_2'],
    ] as const) {
      const payload = JSON.stringify({ body: JSON.stringify({ id }) });
      observations.emit('invoked', {
        function: 'ingress',
        requestId,
        payload,
        ok: true,
        durationMs: 1,
        error: undefined,
      });
    }

    expect([...witness.counted]).toEqual([['evt_1', 3]]);
    expect([...witness.countedRepeats]).toEqual([['evt_1', 2]]);
    expect(witness.countedInAll).toBe(3);
  });
});
