import type { CommandContext } from '../command.ts';
import type { Target } from '../target/target.ts';
import { error, type Finding, ok, warn } from './finding.ts';

/** Milliseconds: the `Date` header has whole seconds, and the answer takes a moment. */
const NOTICEABLE_MS = 5_000;
/** Signatures of AWS and of Stripe hold for five minutes. */
const TOO_MUCH_MS = 300_000;

/** How far this machine's clock is from the pipeline's: locks and signatures compare them. */
export async function checkClock({ output }: Target, { fetch, now }: CommandContext): Promise<Finding> {
  const { origin } = new URL(output('WebhookUrl'));
  const answer = await fetch(origin, { method: 'GET' }).catch((cause: unknown) => cause);
  if (!(answer instanceof Response)) {
    return error(
      'clock',
      `Nothing answers at ${origin}.`,
      'Look at the API in the Pipeline stack, and at the network.',
    );
  }
  const skew = Math.abs(Date.parse(answer.headers.get('date') ?? '') - now());
  if (Number.isNaN(skew))
    return error('clock', `${origin} does not say what time it is.`, 'Is it the API that answers there?');
  const what = `This machine's clock differs from the pipeline's by ${Math.round(skew / 1000)} s.`;
  const remedy = 'Let the clock be set over the network.';
  if (skew > TOO_MUCH_MS) return error('clock', what, remedy);
  return skew > NOTICEABLE_MS ? warn('clock', what, remedy) : ok('clock', what);
}
