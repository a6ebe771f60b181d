import { expect, it } from 'vitest';
import { HandledLog } from '#local/demo/handled-log.ts';

it('a handled log passes over lines that report nothing handled', () => {
  const log = new HandledLog();

  log.sink('handler', '{"message":"handled","event":"evt_1","outcome":"written"}');
  log.sink('handler', '{"message":"not handled","event":"evt_2","was":"handled"}');
  log.sink('handler', 'no JSON but "handled"');

  expect([...log.byEvent]).toEqual([['evt_1', 'handler']]);
});
