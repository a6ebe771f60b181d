import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { findEventType } from '#shared/catalogue/find-event-type.ts';
import { isRecord } from '#shared/event/stripe-event.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import { signatureHeader } from '#shared/signature/sign.ts';
import type { Arguments, Command, CommandContext } from '../command.ts';
import { didYouMean } from '../nearest-name.ts';
import { UsageError } from '../usage-error.ts';

const LOCAL_URL = 'http://127.0.0.1:4242/webhooks/stripe';
const LOCAL_SECRET = 'whsec_local';

/** `fanout send`: signs a sample event, or a file, and posts it as Stripe does. */
export const sendCommand: Command = {
  name: 'send',
  summary: 'Sign a sample event of a type and post it.',
  usage: 'send <type> | send --file <event.json>',
  options: {
    url: { type: 'string', value: 'URL', help: `Where to post (default ${LOCAL_URL}).` },
    secret: {
      type: 'string',
      value: 'WHSEC',
      help: `Signing secret (default STRIPE_WEBHOOK_SECRET, else ${LOCAL_SECRET}).`,
    },
    file: { type: 'string', value: 'FILE', help: 'Send the event in this file as it is, instead of a sample.' },
    account: { type: 'string', value: 'ACCT', help: 'Connected account the sample belongs to.' },
    livemode: { type: 'boolean', help: 'Make the sample a live event.' },
  },
  examples: ['fanout send invoice.paid', 'fanout send charge.failed --url https://… --secret whsec_…'],
  async run(args, context) {
    const url = urlOf(args.values.url);
    const secret = secretOf(args, url, context);
    const body = await bodyOf(args, context);
    const headers = {
      'content-type': 'application/json',
      'stripe-signature': signatureHeader(body, secret, Math.floor(context.now() / 1000)),
    };
    const response = await context.fetch(url.href, { method: 'POST', headers, body }).catch((cause: unknown) => cause);
    if (!(response instanceof Response)) {
      const remedy = isLoopback(url) ? 'Start the pipeline with `npm run dev` in another terminal.' : 'Check the URL.';
      const message = `Nothing answers at ${url.href}. ${remedy}`;
      return { exitCode: 1, data: { error: { code: 'unreachable', message } }, text: message };
    }
    const answer = parse(await response.text());
    const text = response.ok
      ? `${response.status} ${answer.outcome} ${answer.id}`
      : refusalText(response.status, answer);
    return { exitCode: response.ok ? 0 : 1, data: { status: response.status, ...answer }, text };
  },
};

function urlOf(given: string | boolean | undefined): URL {
  const text = typeof given === 'string' ? given : LOCAL_URL;
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text);
  throw new UsageError(`--url "${text}" is not an http or https URL.`);
}

/** The local secret must not be what a deployed pipeline is tried with: it would only answer signature_mismatch. */
function secretOf({ values }: Arguments, url: URL, { env }: CommandContext): string {
  if (typeof values.secret === 'string') return values.secret;
  if (isLoopback(url)) return env.STRIPE_WEBHOOK_SECRET || LOCAL_SECRET;
  throw new UsageError(
    `--url ${url.href} is not on this machine: give that destination's signing secret with --secret.`,
  );
}

function isLoopback({ hostname }: URL): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

async function bodyOf(
  { positionals, values }: Arguments,
  { readFile, now, uniqueText }: CommandContext,
): Promise<string> {
  const [type, ...more] = positionals;
  if (typeof values.file === 'string') {
    if (positionals.length > 0) throw new UsageError('send takes a type or --file, not both.');
    const { file } = values;
    return readFile(file).catch((cause: unknown) => {
      throw new UsageError(`--file ${file} cannot be read: ${cause instanceof Error ? cause.message : cause}.`, {
        cause,
      });
    });
  }
  if (type === undefined || more.length > 0) throw new UsageError('send takes exactly one event type, or --file.');
  const entry = findEventType(type);
  if (entry?.since !== 'base') {
    const names = EVENT_TYPES.filter(({ since }) => since === 'base').map((base) => base.type);
    throw new UsageError(`There is no sample of ${type}.${didYouMean(type, names)} Send your own event with --file.`);
  }
  const event = sampleEvent(entry.type, {
    seed: uniqueText(),
    created: Math.floor(now() / 1000),
    livemode: values.livemode === true,
    ...(typeof values.account === 'string' ? { account: values.account } : {}),
  });
  return JSON.stringify(event);
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Not the ingress's answer: something else stands at this URL.
  }
  return { error: { code: 'not_the_ingress', message: 'The answer is not JSON.', remedy: 'Check the URL.' } };
}

function refusalText(status: number, { error, message }: Record<string, unknown>): string {
  if (!isRecord(error)) return `${status} ${String(message ?? '')}`;
  return `${status} ${error.code}\n${error.message}\n${error.remedy}`;
}
