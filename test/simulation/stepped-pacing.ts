import type { PacerPorts } from '#shared/pacing/pacer.ts';
import type { Actor } from './actor.ts';

/** The clock of a process that can sleep: nobody else can tell whether it did, so the world's own time stands still. */
export function steppedPacing(actor: Actor): PacerPorts {
  let sleptMs = 0;
  return {
    clock: { now: () => actor.clock.now() + sleptMs },
    sleep: (ms) =>
      actor.call<void>({
        name: 'sleep',
        isPrivate: true,
        outcomes: ['ok'],
        send: () => () => {
          sleptMs += ms;
        },
      }),
  };
}
