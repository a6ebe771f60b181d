import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { PipelineClient } from '../demo/pipeline-client.ts';
import type { DrillWorld } from './scenario.ts';
import { StripeSide } from './stripe-side.ts';

export interface DrillWorldOptions extends Pick<DrillWorld, 'runtime' | 'stage' | 'timeScale' | 'handled'> {
  /** With which Stripe signs. */
  readonly secret: string;
  /** Ends what Stripe does. */
  readonly signal: AbortSignal;
}

/** Puts together what a scenario works with. Whoever makes it closes it. */
export function drillWorld({ secret, signal, ...given }: DrillWorldOptions): DrillWorld & { close(): void } {
  const credentials = { accessKeyId: 'somebody', secretAccessKey: 'local' };
  const settings = { endpoint: given.runtime.awsUrl, region: 'us-east-1', credentials };
  const client = new PipelineClient(given.runtime, secret, signal);
  const clients = {
    events: new EventBridgeClient(settings),
    s3: new S3Client({ ...settings, forcePathStyle: true }),
    secrets: new SecretsManagerClient(settings),
    sqs: new SQSClient(settings),
  };
  return {
    ...given,
    clients,
    stripe: new StripeSide(client, secret, signal),
    close() {
      client.close();
      for (const one of Object.values(clients)) one.destroy();
    },
  };
}
