import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { isRecord } from '#shared/event/stripe-event.ts';
import { signatureHeader } from '#shared/signature/sign.ts';
import type { Runtime } from '../running-pipeline.ts';
import { rowName } from './row-name.ts';

/** What a sender and an operator can do from outside: post events, and look into the tables. */
export class PipelineClient {
  readonly #runtime: Runtime;
  readonly #secret: string;
  readonly #dynamoDb: DynamoDBClient;
  readonly #deadline: AbortSignal;

  /** @param deadline ends every post, also those that begin later */
  constructor(runtime: Runtime, secret: string, deadline: AbortSignal) {
    const credentials = { accessKeyId: 'demo', secretAccessKey: 'demo' };
    const options = { endpoint: runtime.awsUrl, region: 'us-east-1', credentials };
    this.#runtime = runtime;
    this.#secret = secret;
    this.#deadline = deadline;
    this.#dynamoDb = new DynamoDBClient(options);
  }

  /** Posts an event as Stripe does: as JSON, signed now. */
  send(event: object): Promise<string> {
    const body = JSON.stringify(event);
    return this.post(body, signatureHeader(body, this.#secret, Math.floor(Date.now() / 1000)));
  }

  /**
   * Posts any body with any signature, or none.
   * @returns `accepted`, `duplicate`, `ignored`, the code of a refusal, or `no_answer`: none, not in time, or not ours
   */
  async post(body: string, signature: string | undefined): Promise<string> {
    const headers = {
      'content-type': 'application/json',
      ...(signature === undefined ? {} : { 'stripe-signature': signature }),
    };
    const url = `${this.#runtime.url}/webhooks/stripe`;
    try {
      const response = await fetch(url, { method: 'POST', headers, body, signal: this.#deadline });
      const answer: unknown = await response.json();
      if (isRecord(answer)) return String(isRecord(answer.error) ? answer.error.code : answer.outcome);
    } catch {
      // The event is then missing, and counted as such.
    }
    return 'no_answer';
  }

  /** Ids of the events that the ledger says are on the bus. */
  async publishedEvents(): Promise<ReadonlySet<string>> {
    const rows = await this.#scan('LedgerTableName');
    const published = rows.filter(({ stage, status }) => stage?.S === 'publish' && status?.S === 'done');
    return new Set(published.map(({ event }) => event?.S ?? ''));
  }

  /** Rows of the objects table by `rowName`. */
  async objectRows() {
    const rows = await this.#scan('ObjectsTableName');
    return new Map(rows.map((row) => [rowName({ object: row.object?.S ?? '', scope: row.scope?.S ?? '' }), row]));
  }

  close(): void {
    this.#dynamoDb.destroy();
  }

  async #scan(output: string) {
    const pages = paginateScan({ client: this.#dynamoDb }, { TableName: this.#runtime.outputs[output] });
    return (await Array.fromAsync(pages)).flatMap(({ Items }) => Items ?? []);
  }
}
