import { objectKey } from '#shared/projection/object-key.ts';
import type { ChaosPlan } from './chaos-plan.ts';
import type { History, LastState } from './history.ts';
import { rowKey, type StoredObject, type StoredState } from './stored-state.ts';

/** Objects whose row is not what their history ends in, in words. */
export function judgeObjects({ histories }: ChaosPlan, { objects }: StoredState): readonly string[] {
  return histories.flatMap((history) => {
    const key = keyOf(history);
    const found = key === undefined ? undefined : objects.get(key);
    const wrong = whatIsWrong(history.last, found);
    return wrong === undefined ? [] : [`${key ?? history.events[0]?.id}: ${wrong}`];
  });
}

/** The row in which the pipeline says it keeps such an object; what must stand there is the history's own. */
function keyOf({ events }: History): string | undefined {
  const key = events[0] && objectKey(events[0]);
  return key && rowKey(key.object, key.scope);
}

function whatIsWrong(last: LastState, found: StoredObject | undefined): string | undefined {
  if (last.is === 'not_kept') return found === undefined ? undefined : 'a state is kept, where none can be';
  if (found === undefined) return 'nothing is kept';
  if (last.is === 'gone') return found.isGone ? undefined : 'it was deleted, and is still shown';
  if (last.is === 'erased') {
    return found.isRedacted && found.text === undefined ? undefined : 'it was redacted, and is still kept';
  }
  const texts = last.is === 'shown' ? [last.text] : last.texts;
  if (found.text === undefined || !texts.includes(found.text)) return 'another state than the last is kept';
  const isAmbiguous = last.is === 'either';
  if (found.isAmbiguous === isAmbiguous) return undefined;
  return isAmbiguous
    ? 'nothing tells which event was last, and it is not marked'
    : 'it is marked ambiguous for no reason';
}
