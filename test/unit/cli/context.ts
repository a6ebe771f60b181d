import type { CommandContext } from '#cli/command.ts';

/** A world in which nothing can be reached; a test gives what it needs. */
export const context: CommandContext = {
  paint: (_format, text) => text,
  width: 80,
  env: {},
  now: () => Date.parse('2026-11-24T12:00:00Z'),
  fetch: () => Promise.reject(new Error('nothing is fetched')),
  readFile: () => Promise.reject(new Error('not here')),
  createFile: () => Promise.reject(new Error('nothing is written')),
  uniqueText: () => 'unique',
  pause: () => Promise.reject(new Error('nothing is waited for')),
  host: 'laptop',
  pid: 1,
  isAlive: () => true,
  signal: new AbortController().signal,
  progress: () => undefined,
  bar: () => undefined,
  ask: () => Promise.resolve(undefined),
  askSecretly: () => Promise.resolve(undefined),
};
