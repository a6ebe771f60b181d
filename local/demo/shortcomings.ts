import type { DemoResult } from './demo-result.ts';
import type { Refusal } from './wrong-requests.ts';

/** More would push the table off the screen; `--json` has them all. */
const SHOWN = 10;

/** Everything in which the demo's counts differ from what the pipeline promises, in words; empty when all is well. */
export function shortcomings(result: Omit<DemoResult, 'elapsedMs'>, refusals: readonly Refusal[]): string[] {
  const { eventTypes, thin, duplicates, unrecognized, oversize, outOfOrder, tied, deadLetters, lost } = result;
  const wrongly = refusals.filter(({ code, expected }) => code !== expected);
  const found: readonly (readonly [boolean, string])[] = [
    [lost > 0, `Events that did not get all the way: ${lost}.`],
    [eventTypes.missing.length > 0, `Types not published, handled and kept: ${firstOf(eventTypes.missing)}.`],
    [thin.missing.length > 0, `Thin types not resolved and handled: ${firstOf(thin.missing)}.`],
    [thin.parked > 0, `Thin events that the resolver gave up: ${thin.parked}.`],
    [
      duplicates.publishedAgain > duplicates.unanswered,
      `Duplicates that were published again: ${duplicates.publishedAgain}, ${duplicates.unanswered} for want of an answer.`,
    ],
    [unrecognized.handled < unrecognized.sent, 'The unheard-of type did not reach the handler "unrecognized".'],
    [oversize.handled < oversize.sent, 'The event of 1.5 MB was not handled with its object kept in S3.'],
    [!outOfOrder.latestKept, 'The newer of two states that came out of order was not kept.'],
    [!tied.settled, "Two events of one second were not settled by what Stripe's API says now."],
    [deadLetters.parked !== 1, 'The event whose reaction fails did not land in the dead-letter queue.'],
    [
      deadLetters.redriven !== deadLetters.parked,
      `The redrive moved ${deadLetters.redriven} messages instead of ${deadLetters.parked}.`,
    ],
    [deadLetters.handledAfter !== 1, 'The event whose reaction fails was not handled after the redrive.'],
    ...wrongly.map(
      ({ code, expected }) => [true, `A wrong request was answered ${code} instead of ${expected}.`] as const,
    ),
  ];
  return found.flatMap(([isSo, text]) => (isSo ? [text] : []));
}

function firstOf(names: readonly string[]): string {
  const rest = names.length - SHOWN;
  return `${names.slice(0, SHOWN).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
