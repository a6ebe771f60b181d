/** Tells whether a text fits. */
export type TextTest = (text: string) => boolean;

/**
 * A test for IAM's wildcards: `*` for any characters, `?` for one.
 * @param ignoreCase for action names, which IAM compares without regard to case
 */
export function glob(pattern: string, ignoreCase = false): TextTest {
  if (pattern === '*') return () => true;
  if (!/[*?]/.test(pattern)) {
    const wanted = ignoreCase ? pattern.toLowerCase() : pattern;
    return (text) => (ignoreCase ? text.toLowerCase() : text) === wanted;
  }
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, ignoreCase ? 'is' : 's');
  return (text) => expression.test(text);
}

/** As `ArnLike` and `ArnEquals` compare: each of an ARN's six parts by itself, so that `*` does not reach over a colon. */
export function arnGlob(pattern: string): TextTest {
  const tests = partsOf(pattern).map((part) => glob(part));
  return (text) => {
    const parts = partsOf(text);
    return parts.length === tests.length && tests.every((test, i) => test(parts[i] ?? ''));
  };
}

/** `arn`, partition, service, region, account, and the resource with its colons. */
function partsOf(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length > 6 ? [...parts.slice(0, 5), parts.slice(5).join(':')] : parts;
}
