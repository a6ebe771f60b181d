import { readStripeConfiguration } from '#shared/destinations/stripe-configuration.ts';
import { isRecord } from '#shared/event/stripe-event.ts';
import type { Target } from '../target/target.ts';
import { error, type Finding, ok, warn } from './finding.ts';

const CHECK = 'signing secrets';

/** Whether each destination of the stage has a signing secret that can be one. Prints none of them. */
export async function checkSecrets({ clients, output, option }: Target): Promise<Finding[]> {
  const { secretsManagerSecret } = await import('#functions/adapters/secrets-manager-secret.ts');
  const name = output('SigningSecretName');
  const secrets = destinationsIn(await secretsManagerSecret(name, clients.secrets).read(AbortSignal.timeout(10_000)));
  const declared = readStripeConfiguration(output('StripeConfiguration'))?.destinations.map((one) => one.name) ?? [];
  const form = JSON.stringify(Object.fromEntries(declared.map((destination) => [destination, ['whsec_…']])));
  const byHand = `aws secretsmanager put-secret-value --secret-id ${name} --secret-string '${form}'`;
  const remedy = `fanout destinations apply ${option}; or by hand: ${byHand}`;
  if (secrets === undefined)
    return [error(CHECK, 'The secret is not a JSON object: every request is refused.', remedy)];

  const right = declared.filter((destination) => isSecrets(secrets[destination]));
  const wrong = declared.filter((destination) => !right.includes(destination));
  const others = Object.keys(secrets).filter((key) => !declared.includes(key) && isSecrets(secrets[key]));
  return [
    ...(right.length > 0 ? [ok(CHECK, `Stored for ${right.join(', ')}.`)] : []),
    ...wrong.map((destination) =>
      secrets[destination] === undefined
        ? error(CHECK, `Nothing is stored for ${destination}: its requests are answered 503.`, remedy)
        : error(CHECK, `What is stored for ${destination} is no list of whsec_… texts.`, remedy),
    ),
    ...others.map((key) => warn(CHECK, `${key} is stored, and is no destination of this stage.`, remedy)),
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
