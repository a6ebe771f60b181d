/** The account of every stack that is not synthesized for another one. */
export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';
export const PARTITION = 'aws';

/** The ARN of a regional resource, of the local account where none is named. */
export function arn(service: string, resource: string, account = ACCOUNT): string {
  return `arn:${PARTITION}:${service}:${REGION}:${account}:${resource}`;
}

/** The ARN of a resource that belongs to no region. */
export function globalArn(service: string, resource: string, account = ACCOUNT): string {
  return `arn:${PARTITION}:${service}::${account}:${resource}`;
}

/** The account that an ARN names; a bucket's names none, and counts as the local one's. */
export function accountIn(resource: string): string {
  return resource.split(':')[4] || ACCOUNT;
}
