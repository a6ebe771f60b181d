import { ACCOUNT } from '../assembly/account.ts';
import type { AwsAnswer, AwsCall, ServiceName } from '../aws/aws-call.ts';
import { AwsError } from '../aws/aws-error.ts';
import type { Requirement } from './access.ts';
import type { AccessControl } from './access-control.ts';
import { accountOf } from './principal.ts';
import type { KnownResources, RequirementRules } from './requirement-rules.ts';
import { DYNAMODB } from './requirements/dynamodb.ts';
import { EVENTS } from './requirements/events.ts';
import { LAMBDA } from './requirements/lambda.ts';
import { LOGS } from './requirements/logs.ts';
import { S3, toLearnOfAbsence } from './requirements/s3.ts';
import { SECRETS_MANAGER } from './requirements/secretsmanager.ts';
import { SQS } from './requirements/sqs.ts';

/** What each operation of each service requires. */
export const REQUIREMENTS: Readonly<Record<ServiceName, RequirementRules>> = {
  dynamodb: DYNAMODB,
  events: EVENTS,
  lambda: LAMBDA,
  logs: LOGS,
  s3: S3,
  secretsmanager: SECRETS_MANAGER,
  sqs: SQS,
};

/** Stands before the services: refuses the calls that the templates do not allow. */
export class Gatekeeper {
  readonly #access: AccessControl;
  readonly #known: KnownResources;

  constructor(access: AccessControl, known: KnownResources) {
    this.#access = access;
    this.#known = known;
  }

  /** @throws {AwsError} access denied, as the service says it */
  admit(call: AwsCall): void {
    const { service, operation, principal } = call;
    const rules = REQUIREMENTS[service];
    const rule = Object.hasOwn(rules, operation) ? rules[operation] : undefined;
    // Not even an administrator: whoever adds an operation has to say what it requires.
    if (!rule) throw unmapped(service, operation);
    for (const requirement of rule(call, this.#known)) {
      const reason = this.#access.denial({ principal, ...requirement, resource: inOwnAccount(call, requirement) });
      if (reason !== undefined) throw accessDenied(service, reason);
    }
  }

  /** S3 does not say that an object is missing to those who may not list its bucket. @throws {AwsError} */
  disclose(call: AwsCall, { status }: AwsAnswer): void {
    if (call.service !== 's3' || status !== 404 || !/^(Get|Head)Object$/.test(call.operation)) return;
    const reason = this.#access.denial({ principal: call.principal, ...toLearnOfAbsence(call) });
    if (reason !== undefined) throw accessDenied('s3', reason);
  }
}

/** A resource that a request names without an account is in the caller's own. */
function inOwnAccount({ principal, path, body }: AwsCall, { resource }: Requirement): string {
  const own = accountOf(principal);
  const isNamed = own === ACCOUNT || path.includes(ACCOUNT) || body.includes(ACCOUNT);
  return isNamed ? resource : resource.replace(`:${ACCOUNT}:`, `:${own}:`);
}

/** S3 and SQS have an older name for it, and others a lower status. */
function accessDenied(service: ServiceName, message: string): AwsError {
  const code = service === 's3' || service === 'sqs' ? 'AccessDenied' : 'AccessDeniedException';
  return new AwsError(code, message, ['s3', 'sqs', 'lambda'].includes(service) ? 403 : 400);
}

function unmapped(service: ServiceName, operation: string): AwsError {
  const message = `The local runtime has no ${operation}; it has ${Object.keys(REQUIREMENTS[service]).join(', ')}. Whoever adds one says in local/iam/requirements/${service}.ts what it requires: until then nobody may call it.`;
  return service === 's3'
    ? new AwsError('NotImplemented', message, 501)
    : new AwsError('UnknownOperationException', message);
}
