import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { isRecord } from '#shared/event/stripe-event.ts';
import { signatureHeader } from '#shared/signature/sign.ts';
import type { Runtime } from '../running-pipeline.ts';

/** How the ingress answered: the status and what the body says. */
export interface IngressAnswer {
  readonly status: number;
  /** `accepted`, `duplicate`, `ignored`, or the code of a refusal. */
  readonly outcome: string;
}

/** What a sender and an operator can do from outside: post events, and look into the tables. */
export class PipelineClient {
  readonly sqs: SQSClient;
  readonly #runtime: Runtime;
  readonly #secret: string;
  readonly #dynamoDb: DynamoDBClient;

  constructor(runtime: Runtime, secret: string) {
    const credentials = { accessKeyId: 'demo', secretAccessKey: 'demo' };
    const options = { endpoint: runtime.awsUrl, region: 'us-east-1', credentials };
    this.#runtime = runtime;
    this.#secret = secret;
    this.#dynamoDb = new DynamoDBClient(options);
    this.sqs = new SQSClient(options);
  }

  /** Posts an event as Stripe does: as JSON, signed now. */
  send(event: object): Promise<IngressAnswer> {
    const body = JSON.stringify(event);
    return this.post(body, signatureHeader(body, this.#secret, Math.floor(Date.now() / 1000)));
  }

  /** Posts any body with any signature, or none. */
  async post(body: string, signature: string | undefined): Promise<IngressAnswer> {
    const response = await fetch(`${this.#runtime.url}/webhooks/stripe`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(signature === undefined ? {} : { 'stripe-signature': signature }),
      },
      body,
    });
    const json: unknown = await response.json();
    const answer = isRecord(json) ? json : {};
    const code = isRecord(answer.error) ? answer.error.code : answer.outcome;
    return { status: response.status, outcome: String(code) };
  }

  /** Ids of the events that the ledger says are on the bus. */
  async publishedEvents(): Promise<ReadonlySet<string>> {
    const rows = await this.#scan('LedgerTableName');
    const published = rows.filter(({ stage, status }) => stage?.S === 'publish' && status?.S === 'done');
    return new Set(published.map(({ event }) => event?.S ?? ''));
  }

  /** Rows of the objects table by the name of their object. */
  async objectRows() {
    const rows = await this.#scan('ObjectsTableName');
    return new Map(rows.map((row) => [row.object?.S ?? '', row]));
  }

  close(): void {
    this.#dynamoDb.destroy();
    this.sqs.destroy();
  }

  async #scan(output: string) {
    const pages = paginateScan({ client: this.#dynamoDb }, { TableName: this.#runtime.outputs[output] });
    return (await Array.fromAsync(pages)).flatMap(({ Items }) => Items ?? []);
  }
}
