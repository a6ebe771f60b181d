import { Arn, ArnFormat, Stack, Token } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { archiveName, busName, isStage, payloadBucketName } from '#shared/naming/resource-names.ts';

/** What a subscriber may know of a pipeline beyond its bus. */
export interface StripeFanoutBusOptions {
  /**
   * The stage's `inlineLimitBytes`, where its `infra/config.ts` names another one: targets that take less than that
   * are refused.
   * @default 240000
   */
  readonly inlineLimitBytes?: number;
}

/** The bus of a deployed stage, and what goes by its name. Refers to it; creates nothing. */
export class StripeFanoutBus {
  readonly stage: string;
  readonly busName: string;
  readonly busArn: string;
  readonly archiveArn: string;
  /** Holds the events that are too large for the bus, below `events/`. */
  readonly payloadBucketArn: string;
  /** Account of the bus, which may be a token of the template. */
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly inlineLimitBytes: number;

  private constructor(stage: string, at: BusLocation, { inlineLimitBytes = 240_000 }: StripeFanoutBusOptions) {
    const { partition, account, region } = at;
    this.stage = stage;
    this.busName = busName(stage);
    this.busArn = `arn:${partition}:events:${region}:${account}:event-bus/${this.busName}`;
    this.archiveArn = `arn:${partition}:events:${region}:${account}:archive/${archiveName(stage)}`;
    this.payloadBucketArn = `arn:${partition}:s3:::${payloadBucketName(stage, account, region)}`;
    this.account = account;
    this.region = region;
    this.partition = partition;
    this.inlineLimitBytes = inlineLimitBytes;
  }

  /** The bus of a stage in the account and Region of the stack. */
  static fromStage(scope: Construct, stage: string, options: StripeFanoutBusOptions = {}): StripeFanoutBus {
    if (!isStage(stage)) {
      throw new Error(
        `StripeFanoutBus.fromStage: ${JSON.stringify(stage)} is no stage: write the name that stands in the ` +
          "pipeline's infra/config.ts, such as 'prod'.",
      );
    }
    return new StripeFanoutBus(stage, Stack.of(scope), options);
  }

  /**
   * The bus of another account, or of this one.
   * @param busArn as text: the pipeline's output `BusArn`. A reference would not tell the account before the deployment.
   */
  static fromArn(scope: Construct, busArn: string, options: StripeFanoutBusOptions = {}): StripeFanoutBus {
    const location = Token.isUnresolved(busArn) ? undefined : locate(busArn);
    if (location === undefined) {
      throw new Error(
        `StripeFanoutBus.fromArn: ${Token.isUnresolved(busArn) ? 'a reference' : JSON.stringify(busArn)} is not the ` +
          'ARN of a bus of stripe-fanout: write the output BusArn of its stack StripeFanoutData as text, such as ' +
          "'arn:aws:events:eu-west-1:111122223333:event-bus/stripe-fanout-prod'.",
      );
    }
    const { region } = Stack.of(scope);
    if (!Token.isUnresolved(region) && region !== location.region) {
      throw new Error(
        `StripeFanoutBus.fromArn: the bus is in ${location.region} and this stack in ${region}: EventBridge takes ` +
          `rules of the bus's own Region only. Give the stack { env: { region: '${location.region}' } }.`,
      );
    }
    return new StripeFanoutBus(location.stage, location, options);
  }

  /**
   * Lets a function read the events that are too large for the bus. The function of a subscription may do it anyway: this
   * is for who drains a queue that was subscribed.
   */
  grantReadPayloads(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['s3:GetObject'],
      resourceArns: [`${this.payloadBucketArn}/events/*`],
    });
  }

  /** Whether the bus is in another account than a stack, as far as that is known before the deployment. */
  isForeignTo(scope: Construct): boolean {
    const { account } = Stack.of(scope);
    return account !== this.account;
  }
}

interface BusLocation {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

function locate(busArn: string): (BusLocation & { readonly stage: string }) | undefined {
  if (!/^arn:aws[a-z-]*:events:[a-z0-9-]+:\d{12}:event-bus\/stripe-fanout-[a-z0-9-]+$/.test(busArn)) return undefined;
  const { partition, account, region, resourceName } = Arn.split(busArn, ArnFormat.SLASH_RESOURCE_NAME);
  const stage = resourceName?.slice(busName('').length);
  if (stage === undefined || !isStage(stage) || !partition || !account || !region) return undefined;
  return { partition, account, region, stage };
}
