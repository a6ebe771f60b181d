import { handlerName } from '#shared/naming/resource-names.ts';
import { freshEvents } from '../fresh-events.ts';
import type { Scenario } from '../scenario.ts';
import { unhandled } from '../unhandled.ts';

/** Nobody drains a queue. */
export const deadConsumer: Scenario = {
  name: 'dead-consumer',
  summary: 'billing is late',
  alarm: 'billing-is-late',
  domain: 'billing',
  hints: [
    'Does the handler fail, or does it not run at all? doctor knows.',
    'Somebody paused the domain and forgot it.',
    'resume billing',
  ],
  cause: 'The event-source mapping of billing was switched off: somebody had paused the domain and forgotten it.',
  async begin(world) {
    const { runtime, stripe, stage, timeScale, handled } = world;
    const drains = (on: boolean) => runtime.setPolling(handlerName(stage, 'billing'), on);
    drains(false);
    const begun = performance.now();
    const events = freshEvents('invoice.paid', 3).map((event) => {
      stripe.send(event);
      return event.id;
    });
    return {
      victims: events,
      measure: () => (events.every((id) => handled.has(id)) ? 0 : ((performance.now() - begun) / 1000) * timeScale),
      state: async () => unhandled(world, 'billing', events),
      end: () => drains(true),
    };
  },
};
