import * as events from '@aws-sdk/client-eventbridge';
import * as lambda from '@aws-sdk/client-lambda';
import * as secrets from '@aws-sdk/client-secrets-manager';
import * as sqs from '@aws-sdk/client-sqs';
import type { Pipeline } from './start-pipeline.ts';

type Json = Record<string, unknown>;

/** What the aws CLI does with its own flags, and not the service. */
const OWN_FLAGS = ['query', 'output', 'endpoint-url'];

/**
 * Does what a command of the aws CLI does, through the SDK: its operations and parameters have the same names. A name
 * that the service does not know fails the command as it would fail the CLI's.
 * @param words after `aws`
 */
export async function runAwsCommand(pipeline: Pipeline, words: readonly string[]): Promise<unknown> {
  const [service = '', operation = '', ...rest] = withoutOwnFlags(words);
  if (service === 'logs' && operation === 'tail') return tail(pipeline, rest);
  const services: Readonly<Record<string, [new (options: object) => sqs.SQSClient, Json]>> = {
    sqs: [sqs.SQSClient, { ...sqs }],
    lambda: [lambda.LambdaClient as never, { ...lambda }],
    events: [events.EventBridgeClient as never, { ...events }],
    secretsmanager: [secrets.SecretsManagerClient as never, { ...secrets }],
  };
  const [Client, commands] = services[service] ?? [];
  const Command = commands?.[`${pascal(operation)}Command`] as (new (input: Json) => sqs.ListQueuesCommand) | undefined;
  if (Client === undefined || Command === undefined) throw new Error(`aws has no ${service} ${operation}.`);
  const client = new Client(pipeline.aws);
  try {
    return await client.send(new Command(parameters(rest)));
  } finally {
    client.destroy();
  }
}

function withoutOwnFlags(words: readonly string[]): string[] {
  return words.filter((word, i) => {
    const flag = (text = '') => OWN_FLAGS.some((own) => text === `--${own}`);
    return !flag(word) && !flag(words[i - 1]);
  });
}

function parameters(words: readonly string[]): Json {
  const pairs = words.flatMap((word, i) => (word.startsWith('--') ? [[pascal(word.slice(2)), words[i + 1]]] : []));
  return Object.fromEntries(pairs);
}

function pascal(kebab: string): string {
  return kebab
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}

/** `aws logs tail <group> --since 1h --filter-pattern …`, as version 2 of the CLI asks for it. */
async function tail({ runtime }: Pipeline, [logGroupName, ...words]: readonly string[]): Promise<unknown> {
  const { FilterPattern: filterPattern, Since: since } = parameters(words);
  const hours = Number(/^(\d+)h$/.exec(String(since))?.[1] ?? 24);
  const response = await fetch(runtime.awsUrl, {
    method: 'POST',
    headers: {
      authorization: 'AWS4-HMAC-SHA256 Credential=me/20261124/us-east-1/logs/aws4_request, Signature=none',
      'x-amz-target': 'Logs_20140328.FilterLogEvents',
      'content-type': 'application/x-amz-json-1.1',
    },
    body: JSON.stringify({ logGroupName, filterPattern, startTime: Date.now() - hours * 3_600_000, interleaved: true }),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(JSON.stringify(answer));
  return answer;
}
