import type { CommandContext } from '../command.ts';
import { table, wrap } from './table.ts';

/** The least that a table's last column needs to be read. */
const LAST_COLUMN = 20;
/** What stands where there is nothing to say. */
const NOTHING = ['', '-'];

/**
 * Rows under headings: a table where it fits into the terminal, else one block a row with a line for each cell that
 * says something. An empty heading is a column that this time has no cells.
 */
export function listing(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  { paint, width }: Pick<CommandContext, 'paint' | 'width'>,
): string {
  const kept = headings.flatMap((heading, column) => (heading === '' ? [] : [column]));
  const titles = kept.map((column) => headings[column] ?? '');
  const cells = rows.map((row) => kept.map((column) => row[column] ?? ''));
  const widths = titles.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const before = widths.slice(0, -1).reduce((sum, one) => sum + one + 2, 0);
  const last = Math.min(widths.at(-1) ?? 0, LAST_COLUMN);
  if (before + last <= width) return table([titles.map((title) => paint('bold', title)), ...cells], width);
  return cells.map((row) => block(titles, row, { paint, width })).join('\n\n');
}

function block(
  titles: readonly string[],
  row: readonly string[],
  { paint, width }: Pick<CommandContext, 'paint' | 'width'>,
) {
  return titles
    .flatMap((title, column) => {
      const cell = row[column] ?? '';
      if (NOTHING.includes(cell)) return [];
      const [first = '', ...more] = wrap(cell, width - title.length - 2);
      return [`${paint('bold', `${title}:`)} ${first}`, ...more.map((line) => `  ${line}`)];
    })
    .join('\n');
}
