import { expect, it } from 'vitest';
import { Observations } from '#local/observe/observations.ts';
import { repeatedPublications } from '#local/observe/repeated-publications.ts';

it('a call to the bus that got no answer in time counts once for each event in it, and one that a fault broke does not', () => {
  const observations = new Observations();
  const repeated = repeatedPublications(observations);
  const repeat = (operation: string, text: string, fault?: string) =>
    observations.emit('call-repeated', { operation, body: Buffer.from(text), fault });

  repeat('PutEvents', 'evt_1 evt_1 evt_2');
  repeat('PutEvents', 'evt_2');
  repeat('PutEvents', 'evt_3', 'throttle');
  repeat('UpdateItem', 'evt_4');

  expect([...repeated]).toEqual([
    ['evt_1', 1],
    ['evt_2', 2],
  ]);
});
