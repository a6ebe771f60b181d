import { buildApp } from 'fauxqs';
import type { Resource } from '../assembly/template.ts';
import type { AwsService } from '../aws/aws-call.ts';
import { headersOf } from '../aws/headers-of.ts';

export interface Buckets {
  readonly service: AwsService;
  stop(): Promise<void>;
}

const METHODS = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'] as const;
/** Headers that belong to the connection between the client and us. */
const OF_THE_CONNECTION = new Set(['connection', 'content-length', 'expect', 'keep-alive', 'transfer-encoding']);

/** Starts fauxqs's S3 in memory, which listens nowhere, and creates the buckets of the templates. */
export async function startBuckets(resources: readonly Resource[]): Promise<Buckets> {
  const app = buildApp({ logger: false });
  for (const { ref } of resources) {
    const created = await app.inject({ method: 'PUT', url: `/${ref}` });
    if (created.statusCode !== 200) throw new Error(`Bucket ${ref} cannot be created: ${created.body}`);
  }
  return {
    service: async ({ method: asked, path, rawHeaders, body }) => {
      const method = METHODS.find((known) => known === asked);
      if (!method) return { status: 405, headers: {}, body: '' };
      const sent = Object.entries(headersOf(rawHeaders)).filter(([name]) => !OF_THE_CONNECTION.has(name));
      const answer = await app.inject({ method, url: path, headers: Object.fromEntries(sent), payload: body });
      const headers = Object.entries(answer.headers).flatMap(([name, value]) => {
        // The length that HEAD tells is the object's.
        const isKept = value !== undefined && (name === 'content-length' || !OF_THE_CONNECTION.has(name));
        return isKept ? [[name, typeof value === 'number' ? String(value) : value] as const] : [];
      });
      return { status: answer.statusCode, headers: Object.fromEntries(headers), body: answer.rawPayload };
    },
    stop: async () => {
      await app.close();
    },
  };
}
