import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { ingressName } from '#shared/naming/resource-names.ts';
import { type Dimensions, ingressDimensions, partnerDimensions } from '#shared/telemetry/metric-dimensions.ts';
import type { StageSettings } from '../configuration/settings.ts';
import { INGRESS_TIMEOUT_SECONDS } from '../constructs/ingress.ts';
import type { AlarmSpec } from './alarm-spec.ts';
import { apiMetric, functionMetric, ourMetric, ourTotal, share } from './metrics.ts';

/** Percent of requests. Stripe repeats what failed, so a short fault of a service behind us heals by itself. */
const FAILING = 1;
/** Percent of requests. Stripe repeats an event at once only when we were slow to answer. */
const IN_FLIGHT = 5;
/** Requests in five minutes below which a rate says nothing. */
const FEW = 5;

export function ingressAlarms(settings: StageSettings, apiId: string): AlarmSpec[] {
  const { stage, destinations, alarms } = settings;
  const requests = apiMetric(apiId, 'Count');
  const ingress = ingressName(stage);
  const perDestination = destinations.flatMap(({ name }): AlarmSpec[] => {
    const dimensions = ingressDimensions(stage, name);
    return [
      {
        kind: 'ingress-in-flight',
        subject: name,
        metric: share(ourMetric('InFlight', dimensions), requests, FEW, 'Percent answered 409'),
        threshold: IN_FLIGHT,
        datapoints: 3,
        of: 3,
      },
      refusedSignatures(name, dimensions),
    ];
  });
  return [
    {
      kind: 'ingress-fails',
      metric: share(apiMetric(apiId, '5xx'), requests, FEW, 'Percent answered 5xx'),
      threshold: FAILING,
      datapoints: 2,
      of: 3,
    },
    {
      kind: 'ingress-throttled',
      metric: functionMetric(ingress, 'Throttles'),
      threshold: 0,
      datapoints: 2,
      of: 3,
    },
    {
      kind: 'ingress-slow',
      metric: functionMetric(ingress, 'Duration', 'p99'),
      // Milliseconds. Its own deadline comes long before Lambda's timeout, so 80 % of that would never be reached.
      threshold: (INGRESS_TIMEOUT_SECONDS * 1000) / 2,
      datapoints: 3,
      of: 3,
    },
    { kind: 'cannot-decide', metric: ourTotal(stage, 'CannotDecide'), threshold: 0 },
    ...perDestination,
    ...Object.entries(alarms.silentAfterHours).map(([name, hours]) => silent(settings, name, hours)),
  ];
}

/** A destination at which whoever signs does so with another secret than we know. */
export function refusedSignatures(name: string, dimensions: Dimensions): AlarmSpec {
  return {
    kind: 'signatures-refused',
    subject: name,
    // Stray callers send no signature, or none that can be read: those have other codes.
    metric: ourMetric('Refused_signature_mismatch', dimensions),
    threshold: FEW,
    comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    datapoints: 3,
    of: 3,
  };
}

/** The one alarm for which no data is bad: whoever asks for it says that this destination is never quiet. */
function silent({ stage, partnerEventSources }: StageSettings, destination: string, hours: number): AlarmSpec {
  const isPartner = partnerEventSources.some(({ name }) => name === destination);
  const dimensions = isPartner ? partnerDimensions(stage, destination) : ingressDimensions(stage, destination);
  return {
    kind: 'silent',
    subject: destination,
    metric: ourMetric('Accepted', dimensions, 'Sum', Duration.hours(1)),
    threshold: 1,
    comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    datapoints: hours,
    of: hours,
    missing: TreatMissingData.BREACHING,
  };
}
