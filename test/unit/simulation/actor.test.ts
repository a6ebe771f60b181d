import { expect, it } from 'vitest';
import { Actor } from '../../simulation/actor.ts';
import { PROGRAMS } from '../../simulation/programs.ts';
import { MOST_DELIVERIES } from '../../simulation/simulate-arguments.ts';

it('every delivery that can be asked for, and every receiver beside them, has a letter of its own', () => {
  const most = MOST_DELIVERIES + Math.max(...PROGRAMS.map(({ receivers = 0 }) => receivers));
  const names = Array.from({ length: most }, (_, delivery) => new Actor(delivery, 1, Date.now, 'event').name);

  expect(new Set(names).size).toBe(most);
  expect(names.filter((name) => !/^[A-Z]1$/.test(name))).toEqual([]);
});
