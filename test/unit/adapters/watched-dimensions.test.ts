import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  authorizerDimensions,
  type Dimensions,
  deliveryCheckDimensions,
  destinationCheckDimensions,
  handlerDimensions,
  ingressDimensions,
  METRIC_NAMESPACE,
  partnerDimensions,
  partnerQueueDimensions,
  reconcilerDimensions,
  refreshDimensions,
  resolverDimensions,
} from '#shared/telemetry/metric-dimensions.ts';

const ADAPTER = join(import.meta.dirname, '../../../functions/adapters/telemetry.ts');

/** What a function of that service writes, in a process of its own, as in Lambda: Powertools reads its variables once. */
function written(service: string, dimensions: Dimensions): Record<string, unknown>[] {
  const script = `
    const { powertoolsTelemetry } = await import(${JSON.stringify(ADAPTER)});
    const telemetry = powertoolsTelemetry({ stage: 'dev', dimensions: ${JSON.stringify(dimensions)} });
    telemetry.count('Handled', 2);
    telemetry.flush();
    telemetry.log('info', 'handled', { event: 'evt_1' });`;
  const env = { POWERTOOLS_SERVICE_NAME: service, POWERTOOLS_METRICS_NAMESPACE: METRIC_NAMESPACE };
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { env, encoding: 'utf8' });
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('the telemetry', () => {
  it.each<[string, Dimensions, Dimensions]>([
    ['ingress', { destination: 'account' }, ingressDimensions('dev', 'account')],
    ['handler-billing', { domain: 'billing' }, handlerDimensions('dev', 'billing')],
    ['authorizer', { destination: 'cards' }, authorizerDimensions('dev', 'cards')],
    ['partner-ingress', { destination: 'bridge' }, partnerDimensions('dev', 'bridge')],
    ['partner-ingress', { domain: 'partner' }, partnerQueueDimensions('dev')],
    ['resolver', {}, resolverDimensions('dev')],
    ['resolver', { domain: 'refresh' }, refreshDimensions('dev')],
    ['delivery-check', {}, deliveryCheckDimensions('dev')],
    ['destination-check', {}, destinationCheckDimensions('dev')],
    ['reconciler', {}, reconcilerDimensions('dev')],
  ])('of %s writes metrics under the dimensions that alarms look for', (service, dimensions, watched) => {
    const [metrics] = written(service, dimensions);

    expect(metrics).toMatchObject({ ...watched, Handled: 2 });
    expect(metrics?._aws).toMatchObject({
      CloudWatchMetrics: [
        {
          Namespace: 'StripeFanout',
          Dimensions: [
            expect.toSatisfy((names: string[]) => names.toSorted().join() === Object.keys(watched).toSorted().join()),
          ],
        },
      ],
    });
  });

  it('writes the event id as a field that a log query finds, and in no dimension', () => {
    const [metrics, line] = written('handler-billing', { domain: 'billing' });

    expect(line).toMatchObject({ message: 'handled', event: 'evt_1', service: 'handler-billing', stage: 'dev' });
    expect(JSON.stringify(metrics)).not.toContain('evt_1');
  });
});
