import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
  PayloadFormatVersion,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface WebhookApiProps {
  readonly apiName: string;
  /** Answers every request. */
  readonly ingress: IFunction;
  /** Requests a second over a longer time; beyond it the gateway answers 429. */
  readonly ratePerSecond: number;
  /** Requests at once. */
  readonly burst: number;
  readonly logGroupName: string;
  readonly logRetention: RetentionDays;
}

const PATH = '/webhooks/stripe';

/** What an access-log line holds: enough to match it with Stripe's delivery log, and nothing of the body. */
const ACCESS_LOG_FORMAT = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    requestTime: '$context.requestTime',
    sourceIp: '$context.identity.sourceIp',
    method: '$context.httpMethod',
    path: '$context.path',
    status: '$context.status',
    responseLatency: '$context.responseLatency',
    integrationStatus: '$context.integrationStatus',
    integrationError: '$context.integrationErrorMessage',
  }),
);

/** The public door: two POST routes to the ingress function, throttled and logged. The signature is the access control. */
export class WebhookApi extends Construct {
  /** Where Stripe posts to; a destination's name may follow after a slash. */
  readonly url: string;
  /** What the API's metrics are found under. */
  readonly apiId: string;

  constructor(scope: Construct, id: string, props: WebhookApiProps) {
    super(scope, id);
    const api = new HttpApi(this, 'Api', { apiName: props.apiName, createDefaultStage: false });
    const logGroup = new LogGroup(this, 'AccessLog', {
      logGroupName: props.logGroupName,
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stage = new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: props.ratePerSecond, burstLimit: props.burst },
      accessLogSettings: { destination: new LogGroupLogDestination(logGroup), format: ACCESS_LOG_FORMAT },
    });
    const integration = new HttpLambdaIntegration('Ingress', props.ingress, {
      // 2.0 hands over the body as it came, with a flag that says whether it is base64: signatures are over bytes.
      payloadFormatVersion: PayloadFormatVersion.VERSION_2_0,
    });
    for (const path of [PATH, `${PATH}/{destination}`])
      api.addRoutes({ path, methods: [HttpMethod.POST], integration });
    this.apiId = api.apiId;
    // The $default stage has no path segment; its URL ends in a slash.
    this.url = `${stage.url}${PATH.slice(1)}`;
  }
}
