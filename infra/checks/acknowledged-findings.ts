/** A finding of cdk-nag that is known and meant. */
interface Acknowledgement {
  /** As the report prints it; `<stage>` stands for the stage's name. */
  readonly id: string;
  /** Paths of the constructs that it is about; another construct with the same finding still fails. */
  readonly on: RegExp;
  readonly reason: string;
}

/** How cdk-nag writes the payload bucket's ARN in other stacks: the name of the stack's export. */
const PAYLOAD_BUCKET = 'StripeFanoutData-<stage>:ExportsOutputFnGetAttPayloadsBucket1715615AArnE0969AA1';

/** How cdk-nag writes the start of an ARN of this partition. */
const ARN_OF = 'arn:<AWS::Partition>';

/** The one place where findings are acknowledged. */
export const ACKNOWLEDGED_FINDINGS: readonly Acknowledgement[] = [
  {
    id: 'AwsSolutions::AwsSolutions-APIG4',
    on: /^StripeFanoutPipeline\/WebhookApi\/Api\/POST--(webhooks|authorizations)--stripe[^/]*\/Resource$/,
    reason: 'Stripe signs its requests: ingress checks the HMAC over the raw bytes, which an authorizer never sees.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
    on: /^StripeFanoutPipeline\/.*\/Role\/DefaultPolicy\/Resource$/,
    reason: 'Writing traces: X-Ray has no resource to name.',
  },
  {
    id: `AwsSolutions::AwsSolutions-IAM5[Resource::${PAYLOAD_BUCKET}/events/*]`,
    on: /^StripeFanoutPipeline\/.*\/Role\/DefaultPolicy\/Resource$/,
    reason: 'Objects below this prefix are named by event id.',
  },
  {
    id: `AwsSolutions::AwsSolutions-IAM5[Resource::${PAYLOAD_BUCKET}/objects/*]`,
    on: /^StripeFanoutPipeline\/Handlers\/.*\/Role\/DefaultPolicy\/Resource$/,
    reason: 'Objects below this prefix are named by Stripe object and version.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-S1',
    on: /^StripeFanoutData\/Payloads\/Bucket\/Resource$/,
    reason: 'Only our functions read and write it; who wants their access logged turns on CloudTrail data events.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-SMG4',
    on: /^StripeFanoutData\/(?:SigningSecrets|ApiKeys)\/Secret\/Resource$/,
    reason: 'Signing secrets are made and rolled by Stripe; ingress takes a new one without a deploy.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-SQS3',
    on: /^StripeFanoutData\/StripeBus\/DeadLetterQueue\/Resource$/,
    reason: 'It is the DLQ of the bus, which the check does not know as a source.',
  },
  {
    id: 'Serverless::Serverless-EventBusDLQ',
    on: /^StripeFanoutPipeline\/Rules\/[^/]+\/Rule$/,
    reason: 'The check breaks on the rule of a domain that is off, which has no target; every target has its DLQ.',
  },
  {
    id: 'Serverless::Serverless-SQSRedrivePolicy',
    on: /^StripeFanoutData\/[^/]+\/DeadLetterQueue\/Resource$/,
    reason: 'A DLQ is the end of the way: operators redrive it.',
  },
  {
    id: 'Serverless::Serverless-LambdaTracing',
    on: /^StripeFanout(Pipeline|Operations)\/.*\/Function\/Resource$/,
    reason:
      'Functions continue traces; whether the ingress begins them is configured, for it can cost more than all else.',
  },
  {
    id: 'Serverless::Serverless-LambdaDLQ',
    on: /^StripeFanoutPipeline\/.*\/Function\/Resource$/,
    reason:
      'A DLQ of a function is for asynchronous invocations; these are called by the gateway or fed from a queue with a DLQ.',
  },
  {
    id: 'Serverless::Serverless-LambdaDLQ',
    on: /^StripeFanoutOperations\/(Delivery|Destination)Check\/Check\/Function\/Resource$/,
    reason:
      'A run that fails raises an alarm, and the next one looks at the same again: there is nothing to keep of it.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
    on: /^StripeFanoutOperations\/(Delivery|Destination)Check\/Check\/Role\/DefaultPolicy\/Resource$/,
    reason: 'Reading metrics and writing traces: neither has a resource to name.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
    on: /^StripeFanoutOperations\/Automations\/(Pause|Resume)Domain\/Role\/DefaultPolicy\/Resource$/,
    reason: 'Listing event-source mappings has no resource to name.',
  },
  {
    id: `AwsSolutions::AwsSolutions-IAM5[Resource::${ARN_OF}:lambda:<AWS::Region>:<AWS::AccountId>:event-source-mapping:*]`,
    on: /^StripeFanoutOperations\/Automations\/(Pause|Resume)Domain\/Role\/DefaultPolicy\/Resource$/,
    reason: 'Mappings are named by Lambda; a condition limits them to those of our handlers.',
  },
  {
    id: `AwsSolutions::AwsSolutions-IAM5[Resource::${ARN_OF}:events:<AWS::Region>:<AWS::AccountId>:replay/*]`,
    on: /^StripeFanoutOperations\/DeliveryCheck\/Check\/Role\/DefaultPolicy\/Resource$/,
    reason: 'Whoever replays chooses the name.',
  },
  {
    id: `AwsSolutions::AwsSolutions-IAM5[Resource::${ARN_OF}:events:<AWS::Region>:<AWS::AccountId>:replay/stripe-fanout-<stage>-*]`,
    on: /^StripeFanoutOperations\/Automations\/ReplayArchive\/Role\/DefaultPolicy\/Resource$/,
    reason: 'A replay is named when it starts.',
  },
  {
    id: 'Serverless::Serverless-LambdaEventSourceMappingDestination',
    on: /^StripeFanoutPipeline\/(Handlers\/[^/]+|PartnerIngress|Resolver)\/(Refresh)?Mapping\/Resource$/,
    reason: "Destinations on failure are for streams; for SQS the queue's own DLQ takes what fails.",
  },
];
