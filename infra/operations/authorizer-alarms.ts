import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { authorizerName } from '#shared/naming/resource-names.ts';
import { authorizerDimensions } from '#shared/telemetry/metric-dimensions.ts';
import type { StageSettings } from '../configuration/settings.ts';
import type { AlarmSpec } from './alarm-spec.ts';
import { refusedSignatures } from './ingress-alarms.ts';
import { FIVE_MINUTES, functionMetric, ourMetric } from './metrics.ts';

/** Milliseconds since the request came to the gateway: half of what Stripe gives. */
const SLOW = 1_000;

/** For stages with a synchronous lane, on which a fault costs a sale or money at once. */
export function authorizerAlarms({ stage, issuingAuthorization }: StageSettings): AlarmSpec[] {
  if (issuingAuthorization === undefined) return [];
  const { name } = issuingAuthorization.destination;
  const dimensions = authorizerDimensions(stage, name);
  return [
    // One late answer is nobody's sleep; the log has it.
    { kind: 'authorizer-falls-back', metric: ourMetric('FellBack', dimensions), threshold: 0, datapoints: 2, of: 3 },
    { kind: 'authorizer-fails', metric: unanswered(stage, name), threshold: 0, datapoints: 2, of: 3 },
    {
      kind: 'authorizer-slow',
      metric: ourMetric('AnsweredAfterMs', dimensions, 'p99'),
      threshold: SLOW,
      datapoints: 3,
      of: 3,
    },
    { kind: 'authorizations-not-copied', metric: ourMetric('CopyMissed', dimensions), threshold: 0 },
    refusedSignatures(name, dimensions),
  ];
}

/** Requests without a decision: the secret could not be read, the function crashed or was timed out, or throttled. */
function unanswered(stage: string, name: string): IMetric {
  const functionName = authorizerName(stage);
  return new MathExpression({
    expression: 'FILL(unavailable, 0) + FILL(errors, 0) + FILL(throttles, 0)',
    usingMetrics: {
      unavailable: ourMetric('Unavailable', authorizerDimensions(stage, name)),
      errors: functionMetric(functionName, 'Errors'),
      throttles: functionMetric(functionName, 'Throttles'),
    },
    period: FIVE_MINUTES,
    label: 'Without a decision',
  });
}
