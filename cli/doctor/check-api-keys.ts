import { readStripeConfiguration } from '#shared/destinations/stripe-configuration.ts';
import { readRecord } from '#shared/event/read-record.ts';
import { isApiKey } from '#shared/stripe/api-key.ts';
import type { Target } from '../target/target.ts';
import { error, type Finding, ok, warn } from './finding.ts';

const CHECK = 'API keys';
const FORM = '{"live":"rk_live_…","test":"rk_test_…"}';

/**
 * Whether each mode has a key to fetch with, whose thin events may come or whose objects a domain wants at their
 * latest. Prints none of them.
 */
export async function checkApiKeys({ clients, output }: Target): Promise<Finding[]> {
  const { secretsManagerSecret } = await import('#functions/adapters/secrets-manager-secret.ts');
  const name = output('ApiKeySecretName');
  const keys = readRecord(await secretsManagerSecret(name, clients.secrets).read(AbortSignal.timeout(10_000))) ?? {};
  const remedy = `aws secretsmanager put-secret-value --secret-id ${name} --secret-string '${FORM}'; docs/guides/api-keys.md says which permissions`;
  const { destinations = [], domainsLatest = [] } = readStripeConfiguration(output('StripeConfiguration')) ?? {};
  const findings = (['live', 'test'] as const).flatMap((mode) => {
    const ofMode = destinations.filter((one) => one.mode === mode || one.mode === 'both');
    const takes = ofMode.filter(({ payload }) => payload !== 'snapshot');
    const key = keys[mode];
    if (key !== undefined && !isApiKey(key, mode)) {
      return [error(CHECK, `What is stored for ${mode} is no restricted or secret key of ${mode} mode.`, remedy)];
    }
    if (key !== undefined) return [ok(CHECK, `There is one for ${mode}.`)];
    if (ofMode.length > 0 && domainsLatest.length > 0) {
      const what = `There is none for ${mode}: what ${domainsLatest.join(', ')} wants to know at its latest is parked.`;
      return [error(CHECK, what, remedy)];
    }
    if (takes.length === 0) return [];
    const what = `There is none for ${mode}: thin events of that mode are parked unresolved.`;
    // A destination that may send either style may never send a thin event.
    return [takes.some(({ payload }) => payload === 'thin') ? error(CHECK, what, remedy) : warn(CHECK, what, remedy)];
  });
  return findings.length > 0
    ? findings
    : [ok(CHECK, 'No destination takes thin events and no domain wants the latest, so none is needed.')];
}
