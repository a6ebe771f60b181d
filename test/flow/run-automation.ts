import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as events from '@aws-sdk/client-eventbridge';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import * as lambda from '@aws-sdk/client-lambda';
import { LambdaClient } from '@aws-sdk/client-lambda';
import * as sqs from '@aws-sdk/client-sqs';
import { SQSClient } from '@aws-sdk/client-sqs';
import { readAssembly } from '#local/assembly/read-assembly.ts';
import { resolveAssembly, resourcesOf } from '#local/assembly/resolve-assembly.ts';
import type { Pipeline } from './start-pipeline.ts';

type Json = Record<string, unknown>;
interface Step {
  readonly name: string;
  readonly action: string;
  readonly inputs: Json & { readonly Service: string; readonly Api: string };
  readonly outputs?: readonly { readonly Name: string; readonly Selector: string }[];
}
interface Parameter {
  readonly allowedValues?: readonly unknown[];
  readonly allowedPattern?: unknown;
  readonly default?: unknown;
}
interface Content {
  /** ARN of the role that the document acts as. */
  readonly assumeRole: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly mainSteps: readonly Step[];
}
type Client = SQSClient | EventBridgeClient | LambdaClient;

/** SSM looks more rarely; the local runtime has nothing to wait for. */
const LOOK_EVERY_MS = 20;

/**
 * Runs a synthesized SSM Automation document as SSM would, its calls made to the local runtime: refuses parameters that
 * do not fit, fills in parameters and outputs, waits where it says to wait, fails where it says to fail.
 * @throws what a call answers, or that the property had another value than the one that is good
 */
export async function runAutomation({ runtime, aws }: Pipeline, name: string, given: Json): Promise<void> {
  const { assumeRole, parameters, mainSteps } = documentOf(name);
  // The calls are made with the rights of the document's role, and no others.
  const own = { ...aws, credentials: { accessKeyId: runtime.accessKeyOf(assumeRole), secretAccessKey: 'test' } };
  const clients: Readonly<Record<string, [Client, Json]>> = {
    sqs: [new SQSClient(own), { ...sqs }],
    events: [new EventBridgeClient(own), { ...events }],
    lambda: [new LambdaClient(own), { ...lambda }],
  };
  const known: Json = { ...accepted(parameters, given), 'automation:EXECUTION_ID': randomUUID() };
  const call = async ({ inputs }: Step): Promise<unknown> => {
    const { Service, Api, PropertySelector, DesiredValues, ...input } = inputs;
    const [client, commands] = clients[Service] ?? [];
    const Command = commands?.[`${Api}Command`] as new (input: unknown) => sqs.ListQueuesCommand;
    if (client === undefined) throw new Error(`The runtime answers no ${Service}.`);
    return (client as SQSClient).send(new Command(fill(input, known)));
  };
  try {
    for (const step of mainSteps) {
      const { PropertySelector = '', DesiredValues = [] } = step.inputs as {
        PropertySelector?: string;
        DesiredValues?: readonly unknown[];
      };
      let answer = await call(step);
      while (
        step.action === 'aws:waitForAwsResourceProperty' &&
        !DesiredValues.includes(pick(answer, PropertySelector))
      ) {
        await sleep(LOOK_EVERY_MS);
        answer = await call(step);
      }
      if (step.action === 'aws:assertAwsResourceProperty' && !DesiredValues.includes(pick(answer, PropertySelector))) {
        throw new Error(
          `${step.name}: ${PropertySelector} is ${pick(answer, PropertySelector)}, not ${DesiredValues}.`,
        );
      }
      for (const { Name, Selector } of step.outputs ?? []) known[`${step.name}.${Name}`] = pick(answer, Selector);
    }
  } finally {
    for (const [client] of Object.values(clients)) client.destroy();
  }
}

/** What SSM checks before the first step. @throws {Error} a parameter is unknown, missing or not allowed */
function accepted(parameters: Readonly<Record<string, Parameter>>, given: Json): Json {
  for (const name of Object.keys(given)) if (!(name in parameters)) throw new Error(`There is no parameter ${name}.`);
  const values = Object.entries(parameters).map(([name, parameter]) => {
    const value = given[name] ?? parameter.default;
    const each = Array.isArray(value) ? value : [value];
    const isAllowed =
      value !== undefined &&
      each.every(
        (one) =>
          parameter.allowedValues?.includes(one) ?? new RegExp(String(parameter.allowedPattern)).test(String(one)),
      );
    if (!isAllowed) throw new Error(`The parameter ${name} must not be ${JSON.stringify(value)}.`);
    return [name, value] as const;
  });
  return Object.fromEntries(values);
}

function documentOf(name: string): Content {
  const resolved = resolveAssembly(readAssembly('cdk.out'), { aws: '', api: '' });
  const found = resourcesOf(resolved, 'AWS::SSM::Document').find(
    ({ properties }) => properties.string('Name') === name,
  );
  if (found === undefined) throw new Error(`There is no document ${name}.`);
  return found.properties.value.Content as Content;
}

/** Puts in parameters; one that is the whole value keeps its type. */
function fill(value: unknown, known: Json): unknown {
  if (Array.isArray(value)) return value.map((each) => fill(each, known));
  if (typeof value === 'string') {
    const whole = /^\{\{ ([^}]+) \}\}$/.exec(value)?.[1];
    if (whole !== undefined) return toTime(known[whole]);
    return value.replaceAll(/\{\{ ([^}]+) \}\}/g, (_, key: string) => String(known[key]));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fill(each, known)]));
}

/** SSM reads times out of text; the SDK wants them as dates. */
function toTime(value: unknown): unknown {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T[\d:]+Z$/.test(value) ? new Date(value) : value;
}

/** `$.Results[0].Status`: the few paths that our documents use. */
function pick(answer: unknown, path: string): unknown {
  return path
    .replace(/^\$\./, '')
    .split(/[.[\]]+/)
    .filter(Boolean)
    .reduce<unknown>((value, key) => (value as Json | undefined)?.[key], answer);
}
