import { ACCOUNT, accountIn } from '../assembly/account.ts';
import { type ResolvedAssembly, resourcesOf } from '../assembly/resolve-assembly.ts';

/** Tells in which account a resource is: its ARN says it, but a bucket's does not. */
export class ResourceOwners {
  readonly #accounts: ReadonlySet<string>;
  readonly #buckets: ReadonlyMap<string, string>;

  constructor(assembly: ResolvedAssembly) {
    this.#accounts = new Set([ACCOUNT, ...assembly.resources.map(({ account }) => account)]);
    this.#buckets = new Map(resourcesOf(assembly, 'AWS::S3::Bucket').map(({ ref, account }) => [ref, account]));
  }

  accountOf(resource: string): string {
    const bucket = /^arn:[^:]*:s3:::([^/]+)/.exec(resource)?.[1];
    return (bucket === undefined ? undefined : this.#buckets.get(bucket)) ?? accountIn(resource);
  }

  /** Whether no template of the account is here, so that nobody knows what its policies say. */
  isUnknown(account: string): boolean {
    return !this.#accounts.has(account);
  }
}
