import type { PlanItem } from '#shared/destinations/destination-plan.ts';
import { secretFingerprint } from '#shared/signature/secret-fingerprint.ts';
import type { CommandContext } from '../command.ts';
import type { Hold } from '../dead-letters/locked.ts';
import { OperatorFault } from '../operator-fault.ts';
import { awaitSigner } from './await-signer.ts';
import type { StripeSide } from './stripe-side.ts';

/**
 * Takes a secret that was rolled in Stripe's dashboard: stores it beside the old one, waits for a delivery that it has
 * signed, and takes the old one away. Stripe signs with both for up to a day, so none is refused.
 * @returns how many secrets of the name belong to no destination that is known: one of them may be the old one
 * @throws {OperatorFault} the text is no secret, or no delivery came that it had signed
 */
export async function rollSecret(
  side: StripeSide,
  { wanted, found }: PlanItem,
  secret: string,
  waitMs: number,
  hold: Hold,
  context: CommandContext,
): Promise<number> {
  const { destination, slot } = wanted;
  if (!/^whsec_\w+$/.test(secret)) {
    throw new OperatorFault('no_secret', 'What came on standard input is no signing secret: whsec_… was expected.');
  }
  if (found === undefined)
    throw new OperatorFault('not_there', `Stripe has no ${slot}: fanout destinations apply makes it.`);
  const owner = { id: found.id, destination, mode: side.mode };
  const fingerprint = secretFingerprint(secret);
  const never = new AbortController().signal;
  await side.secrets.change((document) => document.with(owner, secret).awaiting(fingerprint), never);
  await awaitSigner(side, wanted, found, waitMs, hold, context);
  await side.secrets.change(
    (document) => document.withoutPrevious(owner).awaitingNoLonger(fingerprint),
    context.signal,
  );
  return (await side.secrets.read(context.signal)).strangersOf(destination);
}
