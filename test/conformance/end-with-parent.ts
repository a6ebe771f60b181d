import { killGroup } from './kill-group.ts';

/**
 * Ends this process and all that it started when its parent ends without a word, as one does that is killed.
 * @returns for the last word: sends it, and lets this process end
 */
export function endWithParent(): (word: object) => void {
  const end = () => killGroup(process.pid);
  process.once('disconnect', end);
  // To listen keeps a process alive; nothing but its work shall.
  process.channel?.unref();
  return (word) =>
    process.send?.(word, () => {
      process.off('disconnect', end);
      process.disconnect();
    });
}
