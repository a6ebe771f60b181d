import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  ChangeMessageVisibilityCommand,
  type Message,
  MessageNotInflight,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { DomainOrUnrecognized } from '#shared/catalogue/domains.ts';
import { deadLetterQueueUrlOutput, queueUrlOutput } from '#shared/naming/output-names.ts';
import type { QueueOwner } from '#shared/naming/resource-names.ts';
import type { Runtime } from '../running-pipeline.ts';

/** What somebody sends that is no event. */
const LITTER = 'This is no event.';
/** AWS's seconds for which a message that was looked at stays hidden: the longest there are. */
const HIDDEN = 43_200;

/** What people do to a running pipeline from outside, with AWS's own clients. */
export class Operator {
  readonly #outputs: Runtime['outputs'];
  readonly #secrets: SecretsManagerClient;
  readonly #sqs: SQSClient;

  constructor({ awsUrl, outputs }: Runtime) {
    const credentials = { accessKeyId: 'chaos', secretAccessKey: 'chaos' };
    // A storm may meet these calls too; a person would try again.
    const options = { endpoint: awsUrl, region: 'us-east-1', credentials, maxAttempts: 20 };
    this.#outputs = outputs;
    this.#secrets = new SecretsManagerClient(options);
    this.#sqs = new SQSClient(options);
  }

  /** Makes these the signing secrets of both destinations. */
  async storeSecrets(secrets: readonly string[]): Promise<void> {
    const SecretString = JSON.stringify({ account: secrets, connect: secrets });
    await this.#secrets.send(new PutSecretValueCommand({ SecretId: this.#outputs.SigningSecretName, SecretString }));
  }

  /** Puts something that is no event into a domain's queue. */
  async litter(domain: DomainOrUnrecognized): Promise<void> {
    const QueueUrl = this.#outputs[queueUrlOutput(domain)];
    await this.#sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: LITTER }));
  }

  /**
   * How many events, and not litter, are in a DLQ, which stays as it is. A message whose parking had to be tried again
   * is there twice.
   */
  async eventsAmongDeadLetters(owner: QueueOwner): Promise<number> {
    const QueueUrl = this.#outputs[deadLetterQueueUrlOutput(owner)];
    const receive = { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: HIDDEN };
    const found = new Map<string | undefined, Message>();
    for (let known = -1; known < found.size; ) {
      known = found.size;
      const { Messages = [] } = await this.#sqs.send(new ReceiveMessageCommand(receive));
      for (const message of Messages) found.set(message.MessageId, message);
    }
    const messages = [...found.values()];
    for (const { ReceiptHandle } of messages) {
      const show = new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 });
      await this.#sqs.send(show).catch((thrown: unknown) => {
        // On a machine that stood still it may be visible again.
        if (!(thrown instanceof MessageNotInflight)) throw thrown;
      });
    }
    return messages.filter(({ Body }) => Body !== LITTER).length;
  }

  close(): void {
    this.#secrets.destroy();
    this.#sqs.destroy();
  }
}
