import {
  type AttributeValue,
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import Stripe from 'stripe';
import { onTestFinished } from 'vitest';
import { repeatedPublications } from '#local/observe/repeated-publications.ts';
import type { Runtime } from '#local/running-pipeline.ts';
import { startRuntime } from '#local/runtime.ts';
import type { RuntimeOptions } from '#local/runtime-options.ts';
import { readRecord } from '#shared/event/read-record.ts';
import { isRecord, type SnapshotEvent } from '#shared/event/stripe-event.ts';
import { type SampleEventOptions, sampleEvent } from '#shared/samples/sample-event.ts';

export const SECRET = 'whsec_flow';
/** The deployed back-off alone would keep a poison event from its DLQ for more than two hours. */
export const TIME_SCALE = 3_600;
export type Item = Record<string, AttributeValue>;

/** The synthesized stacks on this machine, seen as Stripe, a team and the engineer on call see them. */
export interface Pipeline {
  readonly runtime: Runtime;
  /** For any AWS client: the local endpoint. */
  readonly aws: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
  /** Posts an event as Stripe does: as JSON, signed now by Stripe's own library. */
  send(event: object): Promise<Answer>;
  /** Posts any bytes with any signature, or none. */
  post(body: string | Uint8Array<ArrayBuffer>, signature?: string, destination?: string): Promise<Answer>;
  /**
   * Functions that logged an event as handled, in order, with a repeat for each time; without what came of the entries
   * that {@link published} leaves out.
   */
  handledBy(eventId: string): readonly string[];
  /**
   * Entries about an event that the bus accepted: what its `detail` says. Without the second of two that are alike to the
   * last byte because a call was not answered in time, although nothing was broken: the pipeline allows these.
   */
  published(eventId: string): readonly Record<string, unknown>[];
  /** A row of the objects table. */
  row(object: unknown, scope?: string): Promise<Item | undefined>;
  /** All rows of both tables. */
  rows(): Promise<readonly Item[]>;
  /** What the ledger's `failures` index lists for a domain. */
  failures(domain: string): Promise<readonly Item[]>;
}

/** How the ingress answered: the status, and the outcome or the code that the body names. */
export interface Answer {
  readonly status: number;
  readonly outcome: unknown;
}

export interface PipelineOptions
  extends Pick<RuntimeOptions, 'warmHandlers' | 'timeScale' | 'with' | 'endpoints' | 'log'> {
  /** Off where a test provokes them. @default true */
  readonly printsDenials?: boolean;
}

/**
 * Starts it on free ports. Whoever starts it disposes of it.
 * @param assembly folder of what is to run
 */
export async function startPipeline(
  assembly = 'cdk.out',
  { printsDenials = true, timeScale = TIME_SCALE, ...options }: PipelineOptions = {},
): Promise<Pipeline & AsyncDisposable> {
  const handled: { readonly event: unknown; readonly function: string }[] = [];
  const runtime = await startRuntime({
    ...options,
    assembly,
    port: 0,
    awsPort: 0,
    timeScale,
    signingSecret: SECRET,
    log: (name, line) => {
      const entry = readRecord(line) ?? {};
      // What a role lacks shows elsewhere as a dead letter or a 503; here it says so.
      if (printsDenials && entry.message === 'access denied') process.stderr.write(`${line}\n`);
      if (entry.message === 'handled') handled.push({ event: entry.event, function: name });
      options.log?.(name, line);
    },
  });
  const details: Record<string, unknown>[] = [];
  const { LedgerTableName, ObjectsTableName, BusName } = runtime.outputs;
  const repeats = repeatedPublications(runtime.observations);
  const seen = new Set<string>();
  /** How many entries about an event are left out, by its id. */
  const again = new Map<unknown, number>();
  runtime.observations.on('published', ({ bus, detail }) => {
    if (bus !== BusName) return;
    const event: Record<string, unknown> = JSON.parse(detail);
    // Where the machine stands still for seconds, a call is given up and sent again, and the bus takes both.
    const id = String(event.id);
    const leftOut = again.get(id) ?? 0;
    if (seen.has(detail) && leftOut < (repeats.get(id) ?? 0)) again.set(id, leftOut + 1);
    else details.push(event);
    seen.add(detail);
  });
  const aws = {
    endpoint: runtime.awsUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const dynamoDb = new DynamoDBClient(aws);

  const post: Pipeline['post'] = async (body, signature, destination) => {
    const response = await fetch(`${runtime.url}/webhooks/stripe${destination ? `/${destination}` : ''}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(signature && { 'stripe-signature': signature }) },
      body,
    });
    const answer: unknown = await response.json();
    if (!isRecord(answer)) throw new Error(`The ingress answered ${JSON.stringify(answer)}; an object was expected.`);
    return { status: response.status, outcome: isRecord(answer.error) ? answer.error.code : answer.outcome };
  };

  return {
    runtime,
    aws,
    post,
    send: (event) => {
      const body = JSON.stringify(event);
      return post(body, sign(body));
    },
    handledBy: (id) => {
      const names = handled.filter(({ event }) => event === id).map((entry) => entry.function);
      const before = (at: number) => names.slice(0, at).filter((name) => name === names[at]).length;
      return names.filter((_, at) => before(at) === 0 || before(at) > (again.get(id) ?? 0));
    },
    published: (eventId) => details.filter(({ id }) => id === eventId),
    row: async (object, scope = 'test') => {
      const Key = { object: { S: String(object) }, scope: { S: scope } };
      return (await dynamoDb.send(new GetItemCommand({ TableName: ObjectsTableName, Key, ConsistentRead: true }))).Item;
    },
    rows: async () => {
      const scans = [LedgerTableName, ObjectsTableName].map((TableName) => new ScanCommand({ TableName }));
      return (await Promise.all(scans.map((scan) => dynamoDb.send(scan)))).flatMap(({ Items }) => Items ?? []);
    },
    failures: async (domain) => {
      const command = new QueryCommand({
        TableName: LedgerTableName,
        IndexName: 'failures',
        KeyConditionExpression: 'failedDomain = :domain',
        ExpressionAttributeValues: { ':domain': { S: domain } },
      });
      return (await dynamoDb.send(command)).Items ?? [];
    },
    [Symbol.asyncDispose]: async () => {
      dynamoDb.destroy();
      await runtime.stop();
    },
  };
}

/** The `Stripe-Signature` header that Stripe's own library makes. @param timestamp Unix seconds, now by default */
export function sign(payload: string, secret = SECRET, timestamp?: number): string {
  return Stripe.webhooks.generateTestHeaderString({ payload, secret, ...(timestamp && { timestamp }) });
}

let sequence = 0;

/** An event of that type and its object, which no other test of the file has seen. */
export function fresh(type: string, options: SampleEventOptions = {}): SnapshotEvent {
  sequence += 1;
  return sampleEvent(type, { seed: `flow ${sequence}`, created: Math.floor(Date.now() / 1000), ...options });
}

/** Breaks something at the AWS endpoint until the test ends, or until it is mended. @returns mends it */
export function breakUntilMended({ runtime }: Pipeline, fault: Parameters<Runtime['faults']['add']>[0]): () => void {
  const id = runtime.faults.add(fault);
  const mend = () => void runtime.faults.remove(id);
  onTestFinished(mend);
  return mend;
}

/** The stand-in of Stripe beside a pipeline. */
export function stripeBeside({ runtime }: Pipeline) {
  if (runtime.stripe === undefined) throw new Error('The runtime has no Stripe beside it.');
  return runtime.stripe;
}

/** Stripe's own library, at the stand-in, as a person with a key of that mode. */
export function stripeLibrary(pipeline: Pipeline, mode: 'live' | 'test'): Stripe {
  const { hostname: host, port } = new URL(stripeBeside(pipeline).url);
  return new Stripe(`rk_${mode}_local`, { host, port, protocol: 'http', telemetry: false });
}
