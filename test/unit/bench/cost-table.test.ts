import { expect, it } from 'vitest';
import { table } from '../../../bench/cost/table.ts';

const cellOf = (dollars: number) =>
  table(['$'], [[dollars]])
    .split('\n')[2]
    ?.replaceAll(/[| ]/g, '');

it.each([
  [0.0123, '0.012'],
  [99.9, '99.900'],
  [117_831_287.53, '117,831,288'],
  [-89.911, '-89.911'],
  [-1_234, '-1,234'],
  // Neither more nor less.
  [-0.000_04, '0.000'],
])('a table shows %d dollars as %s', (dollars, shown) => {
  expect(cellOf(dollars)).toBe(shown);
});
