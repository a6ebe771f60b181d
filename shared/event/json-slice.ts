const QUOTE = 34;
const BACKSLASH = 92;

/**
 * The members of a JSON object as their own text, so that numbers beyond 2^53, their spelling and the order of keys
 * survive, which a round trip through `JSON.parse` and `JSON.stringify` loses. Does not recurse: nesting of any depth
 * is no danger to the stack.
 * @param json text of a JSON object that `JSON.parse` has accepted; other text gives a meaningless result
 * @returns member name → text of its value without surrounding white space; of a repeated name the last, like `JSON.parse`
 */
export function sliceMembers(json: string): Map<string, string> {
  const members = new Map<string, string>();
  let at = json.indexOf('{') + 1;
  for (;;) {
    const nameStart = json.indexOf('"', at);
    if (nameStart < 0) return members;
    const nameEnd = stringEnd(json, nameStart);
    const valueStart = json.indexOf(':', nameEnd) + 1;
    const valueEnd = endOfValue(json, valueStart);
    const name: unknown = JSON.parse(json.slice(nameStart, nameEnd));
    members.set(String(name), json.slice(valueStart, valueEnd).trim());
    if (json[valueEnd] !== ',') return members;
    at = valueEnd + 1;
  }
}

/**
 * The elements of a JSON array as their own text, as {@link sliceMembers} does it for an object.
 * @param json text of a JSON array that `JSON.parse` has accepted
 */
export function sliceElements(json: string): string[] {
  const elements: string[] = [];
  let at = json.indexOf('[') + 1;
  for (;;) {
    const end = endOfValue(json, at);
    const element = json.slice(at, end).trim();
    if (element !== '') elements.push(element);
    if (json[end] !== ',') return elements;
    at = end + 1;
  }
}

/** @returns where the value's comma, or the closing bracket of what holds it, stands */
function endOfValue(json: string, start: number): number {
  let depth = 0;
  for (let at = start; at < json.length; at++) {
    const char = json.charCodeAt(at);
    if (char === QUOTE) at = stringEnd(json, at) - 1;
    else if (isOpening(char)) depth++;
    else if (depth === 0 && (isClosing(char) || char === 44)) return at;
    else if (isClosing(char)) depth--;
  }
  return json.length;
}

/** @returns the place after the closing quote of the string whose opening quote stands at `start` */
function stringEnd(json: string, start: number): number {
  let quote = json.indexOf('"', start + 1);
  while (quote >= 0 && isEscaped(json, quote)) quote = json.indexOf('"', quote + 1);
  return quote < 0 ? json.length : quote + 1;
}

/** A quote is escaped when an odd number of backslashes stands before it. */
function isEscaped(json: string, quote: number): boolean {
  let first = quote;
  while (json.charCodeAt(first - 1) === BACKSLASH) first--;
  return (quote - first) % 2 === 1;
}

/** `{` or `[` */
function isOpening(char: number): boolean {
  return char === 123 || char === 91;
}

/** `}` or `]` */
function isClosing(char: number): boolean {
  return char === 125 || char === 93;
}
