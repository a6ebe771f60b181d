import { stripVTControlCharacters } from 'node:util';

const GAP = '  ';

/**
 * Rows in aligned columns; the last column is broken at spaces so that no line passes the width.
 * @param rows texts, possibly painted; short rows end early
 * @param width characters of a line; the last column gets at least 20 of them
 */
export function table(rows: readonly (readonly string[])[], width: number): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => visible(row[column] ?? ''))),
  );
  const before = widths.slice(0, -1).reduce((sum, columnWidth) => sum + columnWidth + GAP.length, 0);
  const lastWidth = Math.max(20, width - before);
  return rows
    .flatMap((row) => {
      const cells = widths.map((_, column) => row[column] ?? '');
      const [first = '', ...more] = wrap(cells.at(-1) ?? '', lastWidth);
      const start = cells.slice(0, -1).map((cell, column) => pad(cell, widths[column] ?? 0) + GAP);
      return [start.join('') + first, ...more.map((line) => ' '.repeat(before) + line)];
    })
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Breaks a text at spaces into lines of at most `width` characters; a longer word has a line of its own. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (visible(line) + 1 + visible(word) <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - visible(text)));
}

function visible(text: string): number {
  return stripVTControlCharacters(text).length;
}
