import { ACCOUNT, globalArn, REGION } from '../assembly/account.ts';

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

export type Principal = RolePrincipal | ServicePrincipal | AdministratorPrincipal;

export const ADMINISTRATOR: AdministratorPrincipal = { kind: 'administrator' };
const ADMINISTRATOR_ARN = globalArn('iam', 'user/administrator');

/** As AWS writes a caller in its error messages. */
export function nameOf(principal: Principal): string {
  if (principal.kind === 'service') return principal.name;
  if (principal.kind === 'administrator') return ADMINISTRATOR_ARN;
  return globalArn('sts', `assumed-role/${principal.arn.split('/').at(-1)}/${principal.session}`);
}

/** The ARN that `aws:PrincipalArn` holds and policies name; a service has none. */
export function arnOf(principal: Principal): string | undefined {
  if (principal.kind === 'service') return undefined;
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
          'aws:PrincipalAccount': ACCOUNT,
          'aws:PrincipalType': principal.kind === 'role' ? 'AssumedRole' : 'User',
        }),
  };
}
