/** Everything that RFC 3986 allows in a path and a query, and no percent sign without its two digits. */
const CHARACTERS = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?[\]]|%[0-9A-Fa-f]{2})*$/;
/** Far above any URL of Stripe's. */
const MAX_LENGTH = 2_048;

/**
 * Says what keeps a text from being a path of Stripe's API. What passes can name no other host and lead out of no
 * folder: only such a path may be asked for with our key, for it can come from a message.
 * @returns one phrase for a person, or `undefined` when it is such a path
 */
export function whyNotApiPath(path: string): string | undefined {
  if (path.length > MAX_LENGTH) return `the path is longer than ${MAX_LENGTH} characters`;
  if (!/^\/v[12]\/[^/]/.test(path)) return 'the path does not begin with /v1/ or /v2/';
  if (!CHARACTERS.test(path)) return 'the path holds characters that no path has';
  const [folders = ''] = path.split('?');
  if (folders.includes('//')) return 'the path has an empty segment';
  return climbs(folders) ? 'the path climbs out of its folder' : undefined;
}

/** Says what keeps a text from being a value of `Stripe-Context`: account ids, the organization's first. */
export function whyNotContext(context: string | undefined): string | undefined {
  return context === undefined || /^[A-Za-z0-9_]+(?:\/[A-Za-z0-9_]+)*$/.test(context)
    ? undefined
    : 'the context is no account id, or path of them';
}

/** Servers and proxies differ in how often they decode, and some take a backslash for a slash. */
function climbs(folders: string): boolean {
  const once = decode(folders);
  return [folders, once, decode(once)].some((text) =>
    text.split(/[/\\]/).some((part) => part === '.' || part === '..'),
  );
}

function decode(text: string): string {
  return text.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
