import type { Promised } from './check-kept.ts';

/** Where the stage is deployed, and how it is reached there. */
export interface Place {
  /** For people. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** The whole environment of commands that reach it: the CDK's and ours. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For AWS clients; absent: AWS's own, with the caller's credentials. */
  readonly endpoint: string | undefined;
  /** Where events are posted, from the output that AWS would give. */
  webhookUrl(output: string): string;
  /** What is created there, but not kept as the template says. Anything else that is not kept fails the test. */
  readonly notKept: readonly Promised[];
  /** Whether SQS there moves messages by itself, which `fanout dlq redrive` asks for. */
  readonly hasMoveTasks: boolean;
  /** Makes the assembly one that can be deployed there. @returns the folder, and what had to be changed, in words */
  fit(assembly: string, folder: string): { readonly assembly: string; readonly changes: readonly string[] };
  close(): Promise<void>;
}
