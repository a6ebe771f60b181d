import { readOwner } from '../arguments/read-arguments.ts';
import type { Command } from '../command.ts';
import { switchDomain } from '../mappings/switch-domain.ts';
import { TARGET_OPTIONS } from '../target/target-options.ts';
import { withTarget } from '../target/with-target.ts';

/** `fanout pause`: the queue keeps what comes, and nobody handles it. Rules stay on: a disabled one would lose events. */
export const pauseCommand: Command = {
  name: 'pause',
  summary: 'Stop handling the events of a domain; they wait in its queue.',
  usage: 'pause <domain>',
  options: TARGET_OPTIONS,
  examples: ['pause billing --stage prod', 'pause billing --local'],
  run(args, context) {
    const domain = readOwner(args);
    return withTarget(args, context, (target) => switchDomain(target, domain, false, context));
  },
};
