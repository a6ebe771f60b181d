import { type ResolvedAssembly, resourcesOf } from './assembly/resolve-assembly.ts';
import type { AwsService, ServiceName } from './aws/aws-call.ts';
import { startTables } from './dynamodb/start-tables.ts';
import type { EventBuses } from './events/event-buses.ts';
import { eventsService } from './events/events-service.ts';
import { startBuckets } from './s3/start-buckets.ts';
import type { Secrets } from './secrets/secrets.ts';
import { secretsService } from './secrets/secrets-service.ts';
import type { SharedParts } from './shared-parts.ts';
import { sqsService } from './sqs/sqs-service.ts';
import type { Undo } from './undo.ts';

/** The services behind the AWS endpoint that need no functions, with the templates' tables and buckets in them. */
export async function startServices(
  resolved: ResolvedAssembly,
  shared: SharedParts,
  buses: EventBuses,
  secrets: Secrets,
  undo: Undo,
): Promise<Readonly<Record<Exclude<ServiceName, 'lambda' | 'logs'>, AwsService>>> {
  const tables = resourcesOf(resolved, 'AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable');
  const buckets = await startBuckets(resourcesOf(resolved, 'AWS::S3::Bucket'));
  undo.add(() => buckets.stop());
  return {
    dynamodb: await startTables(tables),
    s3: buckets.service,
    sqs: sqsService(shared),
    events: eventsService(buses, shared.observations, shared.inFlight),
    secretsmanager: secretsService(secrets),
  };
}
