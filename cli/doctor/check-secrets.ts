import { isRecord } from '#shared/event/stripe-event.ts';
import type { Target } from '../target/target.ts';
import { error, type Finding, ok } from './finding.ts';

const CHECK = 'signing secrets';
const FORM = '{"account":["whsec_…"]}';

/** Whether each destination that has an entry has a signing secret that can be one. Prints none of them. */
export async function checkSecrets({ clients, output }: Target): Promise<Finding[]> {
  const { secretsManagerSecret } = await import('#functions/adapters/secrets-manager-secret.ts');
  const name = output('SigningSecretName');
  const text = await secretsManagerSecret(name, clients.secrets).read(AbortSignal.timeout(10_000));
  const secrets = destinationsIn(text);
  const remedy = `fanout destinations apply; or by hand: aws secretsmanager put-secret-value --secret-id ${name} --secret-string '${FORM}'`;
  if (secrets === undefined) return [error(CHECK, 'The secret is not a JSON object.', remedy)];
  // The template makes the secret with a generated placeholder, so that a deployment never overwrites a real one.
  const wrong = Object.entries(secrets).filter(([, list]) => !isSecrets(list));
  const right = Object.entries(secrets).filter(([, list]) => isSecrets(list));
  if (right.length === 0)
    return [error(CHECK, 'No destination has a signing secret: every request is refused.', remedy)];
  return [
    ok(CHECK, `Stored for ${right.map(([destination]) => destination).join(', ')}.`),
    ...wrong.map(([destination]) =>
      error(CHECK, `What is stored for ${destination} is no list of whsec_… texts.`, remedy),
    ),
  ];
}

/** The entries of destinations: a placeholder and our own bookkeeping begin with an underscore, as none of them does. */
function destinationsIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value)) return undefined;
    return Object.fromEntries(Object.entries(value).filter(([name]) => !name.startsWith('_')));
  } catch {
    return undefined;
  }
}

function isSecrets(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0 && list.every((one) => typeof one === 'string' && /^whsec_./.test(one));
}
