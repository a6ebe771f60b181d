import type { LogSink } from './lambda/function-worker.ts';

export interface RuntimeOptions {
  /** The folder that `cdk synth` wrote. */
  readonly assembly: string;
  /** Port of the HTTP API; 0 takes a free one. @default 4242 */
  readonly port?: number | undefined;
  /** Port of the AWS endpoint; 0 takes a free one. @default 4566 */
  readonly awsPort?: number | undefined;
  /** Divides the waiting of queues and the bus, 1 to 3600. @default 1 */
  readonly timeScale?: number | undefined;
  /** Put in place for every destination. @default whsec_local */
  readonly signingSecret?: string | undefined;
  /** Functions without an HTTP route that are kept warm at a time. @default 6 */
  readonly warmHandlers?: number | undefined;
  /** Takes each line the functions write. @default none */
  readonly log?: LogSink | undefined;
}

/** What the options leave out. */
export const DEFAULTS = {
  port: 4242,
  awsPort: 4566,
  timeScale: 1,
  signingSecret: 'whsec_local',
  /** Measured: 339 MB at the peak of 500 events, against 697 MB with all 25 kept. */
  warmHandlers: 6,
} as const;
