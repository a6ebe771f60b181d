import { setTimeout as sleep } from 'node:timers/promises';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { OperatorClients } from '#functions/adapters/operator/operator-clients.ts';
import { isRecord, type SnapshotEvent } from '#shared/event/stripe-event.ts';
import { deadLetterQueueUrlOutput } from '#shared/naming/output-names.ts';
import type { QueueOwner } from '#shared/naming/resource-names.ts';
import { objectKey } from '#shared/projection/object-key.ts';
import { signatureHeader } from '#shared/signature/sign.ts';
import { eventually } from './eventually.ts';

export interface Answer {
  readonly status: number;
  readonly outcome: unknown;
  /** From the first request to this answer. */
  readonly ms: number;
  /** How often it was sent again before this answer. */
  readonly retries: number;
}

/** Milliseconds before an event is sent again that was not taken; Stripe waits longer, and does so for three days. */
const PAUSES = [1_000, 2_000, 4_000, 8_000, 16_000];

/** A deployed stage as Stripe and an operator see it. */
export class DeployedStage {
  readonly outputs: Readonly<Record<string, string>>;
  readonly clients: OperatorClients;
  readonly #webhookUrl: string;
  readonly #secret: string;
  readonly #pauses: readonly number[];

  constructor(
    outputs: Readonly<Record<string, string>>,
    clients: OperatorClients,
    webhookUrl: string,
    secret: string,
    pauses: readonly number[] = PAUSES,
  ) {
    this.outputs = outputs;
    this.clients = clients;
    this.#webhookUrl = webhookUrl;
    this.#secret = secret;
    this.#pauses = pauses;
  }

  /** Stores the signing secret of both destinations, as after a first deployment. */
  async storeSecret(): Promise<void> {
    const SecretString = JSON.stringify({ account: [this.#secret], connect: [this.#secret] });
    const SecretId = this.outputs.SigningSecretName;
    await this.clients.secrets.send(new PutSecretValueCommand({ SecretId, SecretString }));
  }

  /**
   * Posts an event as Stripe does: once more, newly signed, after an answer that asks for it.
   * @param secret another one, for a forgery
   */
  async post(event: SnapshotEvent, secret = this.#secret): Promise<Answer> {
    const body = JSON.stringify(event);
    const started = performance.now();
    for (let retries = 0; ; retries += 1) {
      const headers = {
        'content-type': 'application/json',
        'stripe-signature': signatureHeader(body, secret, Math.floor(Date.now() / 1000)),
      };
      const { status, outcome } = await answerOf(await fetch(this.#webhookUrl, { method: 'POST', headers, body }));
      const pause = status >= 500 || status === 409 ? this.#pauses[retries] : undefined;
      if (pause === undefined) return { status, outcome, ms: performance.now() - started, retries };
      await sleep(pause);
    }
  }

  /** Waits until an event has reached its object's row: handled, by the function of its domain. */
  async projected(event: SnapshotEvent): Promise<void> {
    const key = objectKey(event);
    const Key = { object: { S: key?.object ?? '' }, scope: { S: key?.scope ?? '' } };
    const command = { TableName: this.outputs.ObjectsTableName, Key, ConsistentRead: true };
    await eventually(`The state of ${event.type} (${event.id}) in the objects table`, async () => {
      const { Item } = await this.clients.dynamoDb.send(new GetItemCommand(command));
      return Item?.recent?.L?.some(({ S }) => S === event.id) ? Item : undefined;
    });
  }

  /** Waits until a domain's DLQ holds so many messages. */
  async deadLetters(owner: QueueOwner, count: number): Promise<void> {
    const QueueUrl = this.outputs[deadLetterQueueUrlOutput(owner)];
    const command = { QueueUrl, AttributeNames: ['ApproximateNumberOfMessages' as const] };
    await eventually(`${count} dead letters of ${owner}`, async () => {
      const { Attributes } = await this.clients.sqs.send(new GetQueueAttributesCommand(command));
      return Number(Attributes?.ApproximateNumberOfMessages) === count ? count : undefined;
    });
  }
}

/** What the ingress says of an event; what stands before it may answer in its place, and not in JSON. */
async function answerOf(response: Response): Promise<{ readonly status: number; readonly outcome: unknown }> {
  const { status } = response;
  const answer: unknown = await response.json().catch(() => undefined);
  if (!isRecord(answer)) return { status, outcome: undefined };
  return { status, outcome: isRecord(answer.error) ? answer.error.code : answer.outcome };
}
