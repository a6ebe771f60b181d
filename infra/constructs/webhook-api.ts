import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnStage,
  HttpApi,
  HttpMethod,
  type HttpRoute,
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
  /** Answers every request, but for those about cards. */
  readonly ingress: IFunction;
  /**
   * Answers whether a card may be used.
   * @default there is no such route
   */
  readonly authorizer?: IFunction | undefined;
  /** Requests a second over a longer time; beyond it the gateway answers 429. */
  readonly ratePerSecond: number;
  /** Requests at once. */
  readonly burst: number;
  readonly logGroupName: string;
  readonly logRetention: RetentionDays;
}

const PATH = '/webhooks/stripe';
const AUTHORIZATIONS_PATH = '/authorizations/stripe';

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

/** The public door: POST routes to functions, throttled and logged. The signature is the access control. */
export class WebhookApi extends Construct {
  /** Where Stripe posts to; a destination's name may follow after a slash. */
  readonly url: string;
  /** Where Stripe asks about cards; only with an authorizer. */
  readonly authorizationUrl: string;
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
    const addRoute = (path: string, integration: HttpLambdaIntegration) =>
      api.addRoutes({ path, methods: [HttpMethod.POST], integration });
    const ingress = integrationOf('Ingress', props.ingress);
    for (const path of [PATH, `${PATH}/{destination}`]) addRoute(path, ingress);
    if (props.authorizer !== undefined) {
      const routes = addRoute(AUTHORIZATIONS_PATH, integrationOf('Authorizer', props.authorizer));
      throttleApart(stage, routes, props);
    }
    this.apiId = api.apiId;
    // The $default stage has no path segment; its URL ends in a slash.
    this.url = `${stage.url}${PATH.slice(1)}`;
    this.authorizationUrl = `${stage.url}${AUTHORIZATIONS_PATH.slice(1)}`;
  }
}

function integrationOf(id: string, handler: IFunction): HttpLambdaIntegration {
  return new HttpLambdaIntegration(id, handler, {
    // 2.0 hands over the body as it came, with a flag that says whether it is base64: signatures are over bytes.
    payloadFormatVersion: PayloadFormatVersion.VERSION_2_0,
  });
}

/** A flood of webhooks must not use up the requests by which cards are decided: these have a limit of their own. */
function throttleApart(
  stage: HttpStage,
  routes: readonly HttpRoute[],
  { ratePerSecond, burst }: Pick<WebhookApiProps, 'ratePerSecond' | 'burst'>,
): void {
  // Plain JSON for the CDK, so with CloudFormation's own names.
  const limits = { ThrottlingRateLimit: ratePerSecond, ThrottlingBurstLimit: burst };
  const { defaultChild } = stage.node;
  if (!(defaultChild instanceof CfnStage)) throw new Error('An HTTP stage was expected to be one resource.');
  defaultChild.routeSettings = { [`POST ${AUTHORIZATIONS_PATH}`]: limits };
  // The gateway refuses settings of a route that it does not know yet.
  stage.node.addDependency(...routes);
}
