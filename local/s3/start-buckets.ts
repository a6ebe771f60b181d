import { buildApp } from 'fauxqs';
import type { Resource } from '../assembly/template.ts';
import type { AwsService } from '../aws/aws-call.ts';
import { forwardTo } from '../aws/forward-to.ts';

export interface Buckets {
  readonly service: AwsService;
  stop(): Promise<void>;
}

/** Starts fauxqs's S3 in memory and creates the buckets of the templates. */
export async function startBuckets(resources: readonly Resource[]): Promise<Buckets> {
  const app = buildApp({ logger: false });
  // Not `startFauxqs()`: that listens on all interfaces.
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const forwarding = forwardTo(Number(new URL(address).port));
  for (const { ref } of resources) {
    const created = await fetch(`${address}/${ref}`, { method: 'PUT' });
    if (!created.ok) throw new Error(`Bucket ${ref} cannot be created: ${await created.text()}`);
  }
  return {
    service: forwarding.service,
    stop: async () => {
      await forwarding.close();
      await app.close();
    },
  };
}
