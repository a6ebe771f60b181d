import type { Arguments, CommandContext, CommandOption } from '../command.ts';
import { LOCAL_OPTION, LOCAL_URL as RUNTIME } from '../target/target-options.ts';
import { UsageError } from '../usage-error.ts';

const PATH = '/webhooks/stripe';
const LOCAL_URL = `${RUNTIME}${PATH}`;
const LOCAL_SECRET = 'whsec_local';

/** Where events are posted, and what they are signed with. */
export interface Target {
  readonly url: URL;
  readonly secret: string;
}

/** Options of the commands that post events; {@link targetOf} reads them. */
export const TARGET_OPTIONS = {
  url: { type: 'string', value: 'URL', help: `Where to post (default ${LOCAL_URL}).` },
  local: { ...LOCAL_OPTION, help: `To the local runtime there, whose path is ${PATH}.` },
  secret: {
    type: 'string',
    value: 'WHSEC',
    help: `Signing secret (default, on this machine only: STRIPE_WEBHOOK_SECRET, else ${LOCAL_SECRET}).`,
  },
} as const satisfies Readonly<Record<string, CommandOption>>;

/** @throws {UsageError} for a URL that is none, or without the secret that its destination needs */
export function targetOf({ values }: Arguments, { env }: CommandContext): Target {
  const text = urlOf(values) ?? LOCAL_URL;
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new UsageError(`--url "${text}" is not an http or https URL. Write one like ${LOCAL_URL}.`);
  }
  const url = new URL(text);
  if (values.secret === '') throw new UsageError('--secret is empty: give the signing secret, whsec_….');
  if (typeof values.secret === 'string') return { url, secret: values.secret };
  if (isLoopback(url)) return { url, secret: env.STRIPE_WEBHOOK_SECRET || LOCAL_SECRET };
  // The local secret must not be what a deployed pipeline is tried with: it would only answer signature_mismatch.
  throw new UsageError(
    `--url ${url.href} is not on this machine: give that destination's signing secret with --secret.`,
  );
}

/** What `--url` says, or the destination `account` of the runtime that `--local` names. @throws {UsageError} both are given */
export function urlOf({ url, local }: Arguments['values']): string | undefined {
  if (typeof url === 'string' && local !== undefined) throw new UsageError('Say --url or --local, not both.');
  if (typeof local !== 'string') return typeof url === 'string' ? url : undefined;
  return URL.canParse(local) ? new URL(PATH, local).href : local;
}

/** Whether a URL is on this machine, where `npm run dev` listens. */
export function isLoopback({ hostname }: URL): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}
