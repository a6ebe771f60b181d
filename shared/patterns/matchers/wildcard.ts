import { InvalidPattern } from '../invalid-pattern.ts';

/**
 * Reads a wildcard expression: `*` stands for any number of characters, `\*` and `\\` for themselves.
 * @returns a test of a whole text
 * @throws {InvalidPattern} two stars in a row, or a backslash before anything else
 */
export function wildcard(expression: string, path: string): (text: string) => boolean {
  const [head = '', ...others] = literals(expression, path);
  const tail = others.pop();
  if (tail === undefined) return (text) => text === head;
  return (text) => {
    if (!text.startsWith(head) || !text.endsWith(tail)) return false;
    const end = text.length - tail.length;
    let at = head.length;
    for (const literal of others) {
      const found = text.indexOf(literal, at);
      if (found === -1) return false;
      at = found + literal.length;
    }
    return at <= end;
  };
}

/** The pieces of text between the stars. */
function literals(expression: string, path: string): string[] {
  const pieces = [''];
  const add = (character: string) => pieces.push(`${pieces.pop()}${character}`);
  for (let at = 0; at < expression.length; at += 1) {
    const character = expression.charAt(at);
    const next = expression.charAt(at + 1);
    if (character === '*') {
      if (next === '*') throw new InvalidPattern('two wildcard characters in a row; write one *', path);
      pieces.push('');
    } else if (character === '\\') {
      if (next !== '*' && next !== '\\') {
        throw new InvalidPattern('a backslash may only stand before * or another backslash', path);
      }
      add(next);
      at += 1;
    } else {
      add(character);
    }
  }
  return pieces;
}
