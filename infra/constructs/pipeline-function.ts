import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { METRIC_NAMESPACE } from '#shared/telemetry/metric-dimensions.ts';
import { allow } from './allow.ts';

export interface PipelineFunctionProps {
  /** Name in the account. */
  readonly functionName: string;
  /** Name in logs and metrics, the same in all stages. */
  readonly serviceName: string;
  readonly description: string;
  /** Folder with `index.mjs`, which exports `handler`. */
  readonly codeFolder: string;
  readonly timeout: Duration;
  /** MB, 128 to 10240. */
  readonly memorySize: number;
  readonly environment: Readonly<Record<string, string>>;
  /** All the function may do besides writing logs and traces. */
  readonly permissions: readonly PolicyStatement[];
  readonly logRetention: RetentionDays;
  /**
   * Whether it begins traces of its own requests. It always continues those that reach it with a sampled trace header.
   * @default false
   */
  readonly startsTraces?: boolean;
}

/** A Lambda function with a role and a log group of its own. No reserved concurrency: it would cap and not only keep. */
export class PipelineFunction extends Construct {
  /** As text, where the function's own would be a reference to another stack. */
  readonly functionName: string;
  readonly function: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: PipelineFunctionProps) {
    super(scope, id);
    this.functionName = props.functionName;
    const logGroup = new LogGroup(this, 'LogGroup', {
      logGroupName: `/aws/lambda/${props.functionName}`,
      retention: props.logRetention,
      // Retained, its fixed name would keep the function from being created a second time.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `What ${props.functionName} may do.`,
    });
    for (const statement of props.permissions) this.role.addToPolicy(statement);
    this.role.addToPolicy(allow('WriteOwnLogs', ['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]));
    this.function = new LambdaFunction(this, 'Function', {
      functionName: props.functionName,
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(props.codeFolder),
      handler: 'index.handler',
      timeout: props.timeout,
      memorySize: props.memorySize,
      environment: {
        ...props.environment,
        POWERTOOLS_SERVICE_NAME: props.serviceName,
        POWERTOOLS_METRICS_NAMESPACE: METRIC_NAMESPACE,
      },
      role: this.role,
      tracing: props.startsTraces === true ? Tracing.ACTIVE : Tracing.PASS_THROUGH,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      // Failed and timed-out invocations are WARN; the three lines of each good one would outweigh our own.
      systemLogLevelV2: SystemLogLevel.WARN,
    });
  }
}
