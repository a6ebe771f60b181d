import type { QueueOwner } from './resource-names.ts';

/** The stacks' outputs that there is one of each; also keys of the local runtime's `GET /_local/outputs`. */
export type SingleOutput =
  | 'WebhookUrl'
  | 'AuthorizationUrl'
  | 'StripeConfiguration'
  | 'BusName'
  | 'BusArn'
  | 'LedgerTableName'
  | 'ObjectsTableName'
  | 'PayloadBucketName'
  | 'SigningSecretName'
  | 'ApiKeySecretName'
  | 'ArchiveName'
  | 'BusDlqUrl';

/** Output that holds the URL of a queue: `payment_methods` → `QueueUrlPaymentMethods`. */
export function queueUrlOutput(owner: QueueOwner): string {
  return `QueueUrl${pascalCase(owner)}`;
}

/** Output that holds the URL of a queue's DLQ: `core` → `DlqUrlCore`. */
export function deadLetterQueueUrlOutput(owner: QueueOwner): string {
  return `DlqUrl${pascalCase(owner)}`;
}

/** `payment_methods` → `PaymentMethods`: the form of a domain in construct ids and outputs. */
export function pascalCase(snakeCase: string): string {
  return snakeCase
    .split('_')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}
