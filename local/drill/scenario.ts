import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { QueueOwner } from '#shared/naming/resource-names.ts';
import type { Runtime } from '../running-pipeline.ts';
import type { StripeSide } from './stripe-side.ts';

/** What a scenario works with: the pipeline, and Stripe in front of it. */
export interface DrillWorld {
  readonly runtime: Runtime;
  readonly stage: string;
  /** Seconds of queues that pass in one of ours. */
  readonly timeScale: number;
  readonly stripe: StripeSide;
  /** Ids of the events that a handler has handled. */
  readonly handled: Pick<ReadonlySet<string>, 'has'>;
  readonly clients: DrillClients;
}

/** The AWS of this machine, as somebody with the console changes it. */
export interface DrillClients {
  readonly events: EventBridgeClient;
  readonly s3: S3Client;
  readonly secrets: SecretsManagerClient;
  readonly sqs: SQSClient;
}

/** Something that goes wrong, and can be mended with the commands of a runbook page. */
export interface Scenario {
  readonly name: string;
  /** One line for who chooses: the symptom, not the cause. */
  readonly summary: string;
  /** The alarm's name without the stage's. */
  readonly alarm: string;
  /** What stands for `billing` in the page's commands. */
  readonly domain: QueueOwner;
  /** From a nudge to the command. */
  readonly hints: readonly string[];
  /** What was wrong, told when it is over. */
  readonly cause: string;
  /** Breaks it, and lets events suffer from that. */
  begin(world: DrillWorld): Promise<Trouble>;
}

/** What a scenario did. */
export interface Trouble {
  /** Ids of the events, or messages, that suffer. */
  readonly victims: readonly string[];
  /** What the metric of the alarm shows now. */
  measure(): number;
  /** How far it is from mended. */
  state(): Promise<TroubleState>;
  /** What deploying the mended version brings about; absent where the code is not to blame. */
  deploy?(): void;
  /** Called when the alarm has been shown: some outages end by themselves. */
  announced?(): void;
  /** Takes away whatever is still broken. */
  end(): Promise<void> | void;
}

export interface TroubleState {
  /** What is not as it should be, in words that do not say why; empty when all is well. */
  readonly open: readonly string[];
  /** What can never be handled any more. */
  readonly lost: number;
}
