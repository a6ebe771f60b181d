import { comesAs } from '#shared/catalogue/comes-as.ts';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { findEventType } from '#shared/catalogue/find-event-type.ts';
import { didYouMean } from '#shared/naming/nearest-name.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import type { Arguments, Command, CommandContext } from '../command.ts';
import { deliver, type Receipt, type Refusal } from '../delivery/deliver.ts';
import { TARGET_OPTIONS, targetOf, urlOf } from '../delivery/target.ts';
import { sendThin, type ThinRequest } from '../local-runtime/send-thin.ts';
import { UsageError } from '../usage-error.ts';

/** One after the other, this is a minute: `--count` is for trying things out. */
const MOST = 1_000;

/** `fanout send`: signs sample events, or a file, and posts them as Stripe does. */
export const sendCommand: Command = {
  name: 'send',
  summary: 'Sign a sample event of a type and post it.',
  usage: 'send (<type> | --file FILE)',
  options: {
    ...TARGET_OPTIONS,
    file: { type: 'string', value: 'FILE', help: 'Send the event in this file as it is, instead of a sample.' },
    account: { type: 'string', value: 'ACCT', help: 'Connected account the sample belongs to.' },
    livemode: { type: 'boolean', help: 'Make the sample a live event.' },
    thin: { type: 'boolean', help: 'As a thin event, by the Stripe stand-in of the local runtime at --url.' },
    count: { type: 'string', value: 'N', help: 'How many to send: fresh samples, or the same file again (default 1).' },
  },
  examples: [
    'send invoice.paid',
    'send invoice.paid --count 20',
    'send --file event.json --count 2',
    'send v2.core.account.updated --thin',
    'send charge.failed --url https://… --secret whsec_…',
  ],
  async run(args, context) {
    if (args.values.thin === true) return await sendThin(thinRequest(args), context);
    const target = targetOf(args, context);
    const count = countOf(args.values.count);
    const nextBody = typeof args.values.file === 'string' ? await fileBody(args, context) : sampleBody(args, context);
    const answers: (Receipt | Refusal)[] = [];
    for (let sent = 0; sent < count; sent += 1) {
      const answer = await deliver(nextBody(), target, context);
      answers.push(answer);
      // What is not the ingress will not become it by asking again.
      if ('code' in answer && ['unreachable', 'not_the_ingress'].includes(answer.code)) break;
    }
    return {
      exitCode: answers.some((answer) => 'code' in answer) ? 1 : 0,
      data: { url: target.url.href, answers },
      text: answers.map(textOf).join('\n'),
    };
  },
};

function textOf(answer: Receipt | Refusal): string {
  if ('outcome' in answer) return `${answer.status} ${answer.outcome} ${answer.id}`;
  const { status, code, message, remedy } = answer;
  return `${status === undefined ? '' : `${status} `}${code}\n${message}\n${remedy}`;
}

function countOf(given: string | boolean | undefined): number {
  const count = given === undefined ? 1 : /^\d+$/.test(`${given}`) ? Number(given) : 0;
  if (count >= 1 && count <= MOST) return count;
  throw new UsageError(`--count takes a whole number from 1 to ${MOST}, not "${given}".`);
}

/** @returns what gives the same text each time */
async function fileBody({ positionals, values }: Arguments, { readFile }: CommandContext): Promise<() => string> {
  if (positionals.length > 0) throw new UsageError('send takes a type or --file, not both.');
  const ofSamples = ['account', 'livemode'].filter((option) => values[option] !== undefined);
  if (ofSamples.length > 0) {
    const given = ofSamples.map((option) => `--${option}`).join(' and ');
    throw new UsageError(
      `${given} cannot go with --file, which is sent as it is. Leave it out, or write it into the file.`,
    );
  }
  const body = await readFile(String(values.file)).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : cause;
    throw new UsageError(`--file ${values.file} cannot be read: ${reason}.`, { cause });
  });
  return () => body;
}

/** @returns what gives a fresh event each time */
function sampleBody({ positionals, values }: Arguments, { now, uniqueText }: CommandContext): () => string {
  const [type, ...more] = positionals;
  if (type === undefined || more.length > 0) throw new UsageError('send takes exactly one event type, or --file.');
  const entry = findEventType(type);
  if (!entry || !comesAs(entry, 'snapshot')) {
    const names = EVENT_TYPES.filter((known) => comesAs(known, 'snapshot')).map((known) => known.type);
    const remedy = entry ? 'Stripe sends it as a thin event only: add --thin.' : 'Send your own event with --file.';
    throw new UsageError(`There is no sample of ${type}.${entry ? '' : didYouMean(type, names)} ${remedy}`);
  }
  const account = accountOf(values);
  return () =>
    JSON.stringify(
      sampleEvent(entry.type, {
        seed: uniqueText(),
        created: Math.floor(now() / 1000),
        livemode: values.livemode === true,
        ...(account !== undefined && { account }),
      }),
    );
}

function thinRequest({ positionals, values }: Arguments): ThinRequest {
  const [type, ...more] = positionals;
  for (const option of ['file', 'secret']) {
    if (values[option] === undefined) continue;
    throw new UsageError(`--${option} cannot go with --thin: the local runtime makes and signs the event itself.`);
  }
  if (type === undefined || more.length > 0) throw new UsageError('send --thin takes exactly one event type.');
  return {
    type,
    url: urlOf(values),
    count: countOf(values.count),
    account: accountOf(values),
    livemode: values.livemode === true,
  };
}

function accountOf({ account }: Arguments['values']): string | undefined {
  if (typeof account !== 'string') return undefined;
  if (/^acct_\w+$/.test(account)) return account;
  throw new UsageError(`--account "${account}" is not the id of an account: acct_….`);
}
