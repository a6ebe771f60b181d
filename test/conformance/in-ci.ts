/** Whether a machine runs this that nobody watches: whatever says so, with `CI=1` as well as with `CI=true`. */
export function inCi({ CI = '' }: Readonly<Record<string, string | undefined>>): boolean {
  return CI !== '' && CI !== 'false';
}
