import { describe, expect, it } from 'vitest';
import { Progress } from '#cli/terminal/progress.ts';

function written(isTTY: boolean, columns: number): string {
  const parts: unknown[] = [];
  const progress = new Progress({ isTTY, columns, write: (part: unknown) => parts.push(part) > 0 });
  for (const line of ['one', 'a line that is too long']) progress.show(line);
  progress.end();
  return parts.join('');
}

describe('progress', () => {
  it('is one line that is rewritten on a terminal, and gone at the end', () => {
    expect(written(true, 10)).toBe('\r\u001b[2Kone\r\u001b[2Ka line th\r\u001b[2K');
  });

  it('is plain lines elsewhere', () => {
    expect(written(false, 10)).toBe('one\na line that is too long\n');
  });
});
