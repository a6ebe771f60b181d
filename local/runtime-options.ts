import type { LogSink } from './lambda/function-worker.ts';
import type { RateLimitSettings } from './stripe/api/rate-limits.ts';

export interface RuntimeOptions {
  /** The folder that `cdk synth` wrote. */
  readonly assembly: string;
  /** Folders of other teams' assemblies, which run beside it. @default none */
  readonly with?: readonly string[] | undefined;
  /**
   * What stands for the origins of API destinations on this machine: `https://erp.example.com` to
   * `http://127.0.0.1:8080`. Nothing is ever sent elsewhere.
   * @default none
   */
  readonly endpoints?: Readonly<Record<string, string>> | undefined;
  /** Port of the HTTP API; 0 takes a free one. @default 4242 */
  readonly port?: number | undefined;
  /** Port of the AWS endpoint; 0 takes a free one. @default 4566 */
  readonly awsPort?: number | undefined;
  /** Whether Stripe's stand-in runs too, and functions ask it in Stripe's place. @default true */
  readonly stripe?: boolean | undefined;
  /** Port of Stripe's stand-in; 0 takes a free one. @default 12111, or a free one where `port` is 0 */
  readonly stripePort?: number | undefined;
  /** What the stand-in allows in a second. @default Stripe's own limits */
  readonly stripeLimits?: RateLimitSettings | undefined;
  /** Divides the waiting of queues, the bus and Stripe's retries, 1 to 3600. @default 1 */
  readonly timeScale?: number | undefined;
  /** Put in place for every destination. @default whsec_local */
  readonly signingSecret?: string | undefined;
  /** Requests that a function behind an HTTP route works on at a time. @default 2 */
  readonly requestWorkers?: number | undefined;
  /** Functions without an HTTP route that are kept warm at a time. @default 6 */
  readonly warmHandlers?: number | undefined;
  /** Takes each line the functions write. @default none */
  readonly log?: LogSink | undefined;
}

/** What the options leave out. */
export const DEFAULTS = {
  port: 4242,
  awsPort: 4566,
  stripePort: 12_111,
  timeScale: 1,
  signingSecret: 'whsec_local',
  requestWorkers: 2,
  /** Measured: 339 MB at the peak of 500 events, against 697 MB with all 25 kept. */
  warmHandlers: 6,
} as const;
