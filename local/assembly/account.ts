/** What the pseudo parameters evaluate to, here and in every ARN. */
export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';
export const PARTITION = 'aws';

/** The ARN of a regional resource of the local account. */
export function arn(service: string, resource: string): string {
  return `arn:${PARTITION}:${service}:${REGION}:${ACCOUNT}:${resource}`;
}

/** The ARN of a resource that belongs to no region. */
export function globalArn(service: string, resource: string): string {
  return `arn:${PARTITION}:${service}::${ACCOUNT}:${resource}`;
}
