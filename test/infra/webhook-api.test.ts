import { describe, expect, it } from 'vitest';
import { resourcesOf, synthesize } from './synthesize.ts';

const { pipeline } = synthesize({ throttle: { ratePerSecond: 50, burst: 70 } });

describe('webhook API', () => {
  it('takes POST with and without the name of a destination, and no other route', () => {
    const routes = Object.values(resourcesOf(pipeline, 'AWS::ApiGatewayV2::Route'));

    expect(routes.map(({ Properties }) => Properties.RouteKey).toSorted()).toEqual([
      'POST /webhooks/stripe',
      'POST /webhooks/stripe/{destination}',
    ]);
  });

  it('hands the body over as it came, in payload format 2.0', () => {
    pipeline.hasResourceProperties('AWS::ApiGatewayV2::Integration', {
      IntegrationType: 'AWS_PROXY',
      PayloadFormatVersion: '2.0',
    });
  });

  it('throttles at the configured rate and logs each request', () => {
    pipeline.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 70 },
    });
  });

  it('logs nothing that a body or a signature could be in', () => {
    const [stage] = Object.values(resourcesOf(pipeline, 'AWS::ApiGatewayV2::Stage'));

    expect(Object.keys(JSON.parse(stage?.Properties.AccessLogSettings.Format))).toEqual([
      'requestId',
      'requestTime',
      'sourceIp',
      'method',
      'path',
      'status',
      'responseLatency',
      'integrationStatus',
      'integrationError',
    ]);
  });

  it('prints the URL for Stripe', () => {
    const { WebhookUrl } = pipeline.findOutputs('WebhookUrl');

    expect(JSON.stringify(WebhookUrl?.Value)).toMatch(/https:\/\/.*\/webhooks\/stripe"/);
  });
});
