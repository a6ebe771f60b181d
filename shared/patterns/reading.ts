/** What an event can hold at the end of a path. */
export type Scalar = string | number | boolean | null;

/**
 * One way to read a value of an event. As in AWS's engine a string is compared in its quotes, so that the string
 * "5" and the number 5 differ; an IP address is also read as hexadecimal digits, and a number is read as a number
 * instead of as text.
 */
export type Reading =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'address'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number };

/** Compares one reading of a value with one element of a pattern's list. */
export interface Matcher {
  test(reading: Reading): boolean;
  /** The reading this matcher asks for; it changes how the whole list of its field reads values. */
  readonly needs?: 'number' | 'address';
  /** True for `exists: false`, which is about fields that are not there. */
  readonly absence?: true;
}

/** Text as which strings and literals are compared. */
export function textOf(value: Scalar): string {
  return typeof value === 'string' ? `"${encodable(value)}"` : String(value);
}

/** AWS's engine compares UTF-8, in which half of a surrogate pair cannot be written and becomes a question mark. */
export function encodable(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '?');
}
