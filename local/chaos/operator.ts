import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { DomainOrUnrecognized } from '#shared/catalogue/domains.ts';
import { queueUrlOutput } from '#shared/naming/output-names.ts';
import type { Runtime } from '../running-pipeline.ts';

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
    await this.#sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'This is no event.' }));
  }

  close(): void {
    this.#secrets.destroy();
    this.#sqs.destroy();
  }
}
