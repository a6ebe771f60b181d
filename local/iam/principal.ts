import { ACCOUNT, accountIn, globalArn, REGION } from '../assembly/account.ts';

/** A role in use: by the service that assumed it, for a function or another resource of the templates. */
export interface RolePrincipal {
  readonly kind: 'role';
  readonly arn: string;
  /** Who works with it, such as a function's name. */
  readonly session: string;
  /** The service that assumes it, such as `lambda.amazonaws.com`. */
  readonly assumedBy: string;
  /** ARN of what the service assumes it for, such as the function: `aws:SourceArn` for the role's trust policy. */
  readonly assumedFor: string;
}

/** An AWS service that acts for itself, such as `events.amazonaws.com`. */
export interface ServicePrincipal {
  readonly kind: 'service';
  readonly name: string;
  /**
   * It acts on what is its own: an archive's replay on its bus. No policy has to allow that, but one can forbid it.
   * @default false
   */
  readonly onItsOwn?: boolean;
}

/** Whoever signs with no key of the templates: a person, the CLI, a test. May do all that no policy forbids. */
export interface AdministratorPrincipal {
  readonly kind: 'administrator';
}

/** CloudFormation, as it deploys an account's templates: may do all there that no policy forbids, and elsewhere what it is let. */
export interface DeploymentPrincipal {
  readonly kind: 'deployment';
  readonly account: string;
}

export type Principal = RolePrincipal | ServicePrincipal | AdministratorPrincipal | DeploymentPrincipal;

export const ADMINISTRATOR: AdministratorPrincipal = { kind: 'administrator' };
const ADMINISTRATOR_ARN = globalArn('iam', 'user/administrator');

/** As AWS writes a caller in its error messages. */
export function nameOf(principal: Principal): string {
  if (principal.kind === 'service') return principal.name;
  if (principal.kind !== 'role') return arnOf(principal) ?? '';
  const session = `assumed-role/${principal.arn.split('/').at(-1)}/${principal.session}`;
  return globalArn('sts', session, accountOf(principal));
}

/** The account that a caller is of; a service is of none, and counts as the local one's. */
export function accountOf(principal: Principal): string {
  if (principal.kind === 'role') return accountIn(principal.arn);
  return principal.kind === 'deployment' ? principal.account : ACCOUNT;
}

/** The ARN that `aws:PrincipalArn` holds and policies name; a service has none. */
export function arnOf(principal: Principal): string | undefined {
  if (principal.kind === 'service') return undefined;
  if (principal.kind === 'deployment') return globalArn('iam', 'role/cloudformation', principal.account);
  return principal.kind === 'role' ? principal.arn : ADMINISTRATOR_ARN;
}

/** What a request's context says of its caller. TLS is pretended: everything here is plain HTTP on 127.0.0.1. */
export function contextOf(principal: Principal): Readonly<Record<string, string>> {
  const isService = principal.kind === 'service';
  return {
    'aws:SecureTransport': 'true',
    'aws:RequestedRegion': REGION,
    'aws:ViaAWSService': 'false',
    'aws:PrincipalIsAWSService': String(isService),
    ...(isService
      ? { 'aws:PrincipalServiceName': principal.name }
      : {
          'aws:PrincipalArn': arnOf(principal) ?? '',
          'aws:PrincipalAccount': accountOf(principal),
          'aws:PrincipalType': principal.kind === 'role' ? 'AssumedRole' : 'User',
        }),
  };
}
