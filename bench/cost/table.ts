/** Dollars: to a tenth of a cent, to the dollar from a hundred on. */
function amount(value: number): string {
  const digits = Math.abs(value) < 100 ? 3 : 0;
  // What rounds to nothing is neither more nor less.
  const rounded = Number(value.toFixed(digits)) || 0;
  return rounded.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A table that reads the same in a terminal and as Markdown. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? amount(cell) : cell)));
  const widths = head.map((name, i) => Math.max(3, name.length, ...cells.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line), ''].join('\n');
}
