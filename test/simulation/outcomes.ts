/**
 * How a call to the world outside can end. Every one but `ok` is a fault.
 * - `error`: not done, and the caller is told so, as far as its port can tell
 * - `timeout`: not done, and the caller cannot know
 * - `lost`: done, and the caller cannot know
 * - `late`: the caller gives up, and it is done later
 * - `twice`: done, and the client's first try, given up for lost, is done once more later
 * - `crash…`: the process ends, with the call not done, done, or done later
 */
export type Outcome = 'ok' | 'error' | 'timeout' | 'lost' | 'late' | 'twice' | 'crash' | 'crash-after' | 'crash-late';

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

export const isDone = (outcome: Outcome) => ['ok', 'lost', 'twice', 'crash-after'].includes(outcome);
export const isDoneLater = (outcome: Outcome) => ['late', 'twice', 'crash-late'].includes(outcome);
export const isCrash = (outcome: Outcome) => outcome.startsWith('crash');
export const isAnswered = (outcome: Outcome) => outcome === 'ok' || outcome === 'twice';
