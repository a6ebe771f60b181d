import { arn } from '../assembly/account.ts';

/** The ARN of the queue that a URL names, by its last two segments, whatever host it names. */
export function queueArn(url: string): string {
  const [account = '', name = url] = url.split('/').slice(-2);
  return arn('sqs', name, /^\d{12}$/.test(account) ? account : undefined);
}
