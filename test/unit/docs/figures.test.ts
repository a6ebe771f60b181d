import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { suitesFor } from '../../conformance/suites.ts';

const read = (name: string) => readFileSync(join(import.meta.dirname, '../../..', name), 'utf8');
const [, section = ''] = /\n## Figures\n([\s\S]*?)\n## /.exec(read('README.md')) ?? [];
/** What the README says that a command found. */
const figuresOf = (command: string) =>
  section
    .split('\n')
    .find((line) => line.startsWith(`| \`${command}\``))
    ?.split(' | ')[1] ?? '';

it('of the cost in the README are those of the bill', () => {
  const said = figuresOf('npm run cost').match(/\$[\d.]+/g) ?? [];

  expect(said.length).toBeGreaterThan(0);
  const bill = read('docs/cost.md');
  expect(said.filter((figure) => !bill.includes(`${figure} `))).toEqual([]);
});

it('of what a month costs in the README are those of the bill', () => {
  const bill = read('docs/cost.md');
  const figure = (pattern: RegExp) => Number(pattern.exec(bill)?.[1]);
  const aMonth = (line: string) => figure(new RegExp(`\\| ${line} +\\| active \\| ([\\d.]+)`));
  const said = /\nWhat it costs, by `npm run cost`: (.*)/.exec(read('README.md'))?.[1] ?? '';
  const [idle, ofDomain, ofDestination, ofMillion] = (said.match(/\$[\d.]+/g) ?? []).map((text) =>
    Number(text.slice(1)),
  );

  expect(figure(/idle \$([\d.]+)/)).toBeLessThan(idle ?? 0);
  expect(aMonth('24 metrics of 8 domains') + aMonth('8 metrics of 8 domains, about objects')).toBeCloseTo(
    8 * (ofDomain ?? 0),
  );
  expect(aMonth('3 metrics of 1 destination')).toBeCloseTo(ofDestination ?? 0);
  expect(figure(/all in \$([\d.]+)/) + figure(/kept for a month \$([\d.]+)/)).toBeLessThan(ofMillion ?? 0);
});

it('of the conformance run in the README count every engine', () => {
  const engines = suitesFor({ pairs: 1, seed: 1 }).length;

  expect(figuresOf('npm run conformance')).toContain(`${engines} of ${engines} other engines agree`);
});

it('in the README are of commands that it tells of', () => {
  const commands = [...section.matchAll(/^\| `(npm run [a-z]+)`/gm)].map(([, command]) => command);

  expect(commands.length).toBeGreaterThan(4);
  const rest = read('README.md').replace(section, '');
  expect(commands.filter((command) => !rest.includes(`| \`${command}\``))).toEqual([]);
});
