/**
 * How a call to the world outside can end. Every one but `ok` is a fault.
 * - `error`: not done, and the caller is told so, as far as its port can tell
 * - `timeout`: not done, and the caller cannot know
 * - `lost`: done, and the caller cannot know
 * - `late`: the caller gives up, and it is done later
 * - `twice`: done, and the client's first try, given up for lost, is done once more later
 * - `absent`: answered, and what was asked for was not found
 * - `crash…`: the process ends, with the call not done, done, or done later
 */
export type Outcome =
  | 'ok'
  | 'error'
  | 'timeout'
  | 'lost'
  | 'late'
  | 'twice'
  | 'absent'
  | 'crash'
  | 'crash-after'
  | 'crash-late';

/** A write that is only known to have failed or not when it is answered. */
export const WRITE: readonly Outcome[] = ['ok', 'error', 'lost', 'late', 'twice', 'crash', 'crash-after', 'crash-late'];
/** A call that can say no, which is another answer than none. */
export const SEND: readonly Outcome[] = [
  'ok',
  'error',
  'timeout',
  'lost',
  'late',
  'crash',
  'crash-after',
  'crash-late',
];
/** A call that changes nothing outside. */
export const READ: readonly Outcome[] = ['ok', 'error', 'crash'];
/** A request to Stripe: refused for now, hanging until it is given up, or answered 404. */
export const ASK: readonly Outcome[] = ['ok', 'error', 'timeout', 'absent', 'crash'];
/** What only helps operators: that it comes late or twice changes nothing that a law is about. */
export const BESIDE: readonly Outcome[] = ['ok', 'error', 'crash', 'crash-after'];

export const isDone = (outcome: Outcome) => ['ok', 'lost', 'twice', 'crash-after'].includes(outcome);
export const isDoneLater = (outcome: Outcome) => ['late', 'twice', 'crash-late'].includes(outcome);
export const isCrash = (outcome: Outcome) => outcome.startsWith('crash');
export const isAnswered = (outcome: Outcome) => outcome === 'ok' || outcome === 'twice';
