import { devNull } from 'node:os';
import { REGION } from '../assembly/account.ts';

export interface FunctionIdentity {
  readonly name: string;
  readonly handler: string;
  readonly memory: number;
  readonly accessKey: string;
  readonly folder: string;
}

/** What a function's clients talk to instead of the real services. */
export interface LocalAddresses {
  readonly aws: string;
  /** Absent where Stripe's stand-in does not run. */
  readonly stripe?: string | undefined;
}

/**
 * The whole environment of a function: what the template declares, and what Lambda adds, with the local endpoint for
 * all AWS clients and Stripe's. Nothing of the machine's own environment gets in.
 */
export function functionEnvironment(
  identity: FunctionIdentity,
  declared: ReadonlyMap<string, string>,
  { aws, stripe }: LocalAddresses,
): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: aws,
    ...(stripe !== undefined && { STRIPE_API_BASE: stripe }),
    ...Object.fromEntries(declared),
    AWS_ACCESS_KEY_ID: identity.accessKey,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    // A person's profile could name another endpoint or real credentials.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: identity.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(identity.memory),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${identity.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    LAMBDA_TASK_ROOT: identity.folder,
    _HANDLER: identity.handler,
  };
}
