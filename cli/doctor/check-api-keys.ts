import { readStripeConfiguration } from '#shared/destinations/stripe-configuration.ts';
import { isRecord } from '#shared/event/stripe-event.ts';
import type { Target } from '../target/target.ts';
import { error, type Finding, ok, warn } from './finding.ts';

const CHECK = 'API keys';
const FORM = '{"live":"rk_live_…","test":"rk_test_…"}';

/** Whether each mode whose thin events may come has a key to fetch their objects with. Prints none of them. */
export async function checkApiKeys({ clients, output }: Target): Promise<Finding[]> {
  const { secretsManagerSecret } = await import('#functions/adapters/secrets-manager-secret.ts');
  const name = output('ApiKeySecretName');
  const keys = parse(await secretsManagerSecret(name, clients.secrets).read(AbortSignal.timeout(10_000)));
  const remedy = `aws secretsmanager put-secret-value --secret-id ${name} --secret-string '${FORM}'; docs/guides/api-keys.md says which permissions`;
  const declared = readStripeConfiguration(output('StripeConfiguration'))?.destinations ?? [];
  const findings = (['live', 'test'] as const).flatMap((mode) => {
    const takes = declared.filter((one) => one.payload !== 'snapshot' && (one.mode === mode || one.mode === 'both'));
    const key = keys[mode];
    if (key !== undefined && !isKey(key, mode)) {
      return [error(CHECK, `What is stored for ${mode} is no restricted or secret key of ${mode} mode.`, remedy)];
    }
    if (key !== undefined) return [ok(CHECK, `There is one for ${mode}.`)];
    if (takes.length === 0) return [];
    const what = `There is none for ${mode}: thin events of that mode are parked unresolved.`;
    // A destination that may send either style may never send a thin event.
    return [takes.some(({ payload }) => payload === 'thin') ? error(CHECK, what, remedy) : warn(CHECK, what, remedy)];
  });
  return findings.length > 0 ? findings : [ok(CHECK, 'No destination takes thin events, so none is needed.')];
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function isKey(key: unknown, mode: 'live' | 'test'): boolean {
  return typeof key === 'string' && new RegExp(`^(rk|sk)_${mode}_.`).test(key);
}
