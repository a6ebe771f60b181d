import type { Destination } from '#shared/environment/destination.ts';
import { type Check, fields, oneOf, text, wholeNumber } from './shape-checks.ts';

/** The synchronous lane for `issuing_authorization.request`, as `infra/config.ts` declares it. */
export interface IssuingAuthorizationConfig {
  /**
   * What Stripe is told when the policy throws, is late, or could not be asked. There is no default: it is your money
   * or your cardholder at the till.
   */
  readonly fallback: 'approve' | 'decline';
  /**
   * Milliseconds that the policy has, 50 to 1200. Stripe waits for two seconds altogether.
   * @default 800
   */
  readonly policyMs?: number;
  /**
   * Name of the endpoint among all destinations: in the secret of signing secrets, in metrics, in `fanout.destination`.
   * @default 'issuing-authorization'
   */
  readonly name?: string;
  /** @default 'both' */
  readonly mode?: Destination['mode'];
  /** @default 'either' */
  readonly accounts?: Destination['accounts'];
  /**
   * MB of the function, 256 to 10240; its share of a CPU grows with it, and a cold start gets shorter.
   * @default 1024
   */
  readonly memoryMb?: number;
  /**
   * Instances that are kept warm, 0 to 1000. Each costs some $9 a month with 1024 MB; without any, a request that meets
   * a cold start leaves the policy less time.
   * @default 0
   */
  readonly provisionedConcurrency?: number;
}

export type IssuingAuthorizationSettings = Required<Pick<IssuingAuthorizationConfig, 'fallback' | 'policyMs'>> & {
  readonly destination: Destination;
  readonly memoryMb: number;
  readonly provisionedConcurrency: number;
};

export function issuingAuthorizationOf(config: IssuingAuthorizationConfig): IssuingAuthorizationSettings {
  const { fallback, policyMs = 800, memoryMb = 1_024, provisionedConcurrency = 0 } = config;
  const { name = 'issuing-authorization', mode = 'both', accounts = 'either' } = config;
  // Stripe sends these as snapshots: a notification would leave no time to fetch what it is about.
  const destination: Destination = { name, mode, accounts, payload: 'snapshot' };
  return { destination, fallback, policyMs, memoryMb, provisionedConcurrency };
}

/** The shape of `issuingAuthorization`. */
export const issuingAuthorizationConfig: Check = fields(
  {
    fallback: oneOf('approve', 'decline'),
    policyMs: wholeNumber(50, 1_200, 'milliseconds'),
    name: text(/^[a-z0-9-]{1,32}$/, '1 to 32 lower-case letters, digits and dashes'),
    mode: oneOf('live', 'test', 'both'),
    accounts: oneOf('own', 'connected', 'either'),
    memoryMb: wholeNumber(256, 10_240, 'MB'),
    provisionedConcurrency: wholeNumber(0, 1_000, 'instances'),
  },
  ['fallback'],
);
