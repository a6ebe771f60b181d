import { readOwner } from '../arguments/read-arguments.ts';
import type { Command } from '../command.ts';
import { switchDomain } from '../mappings/switch-domain.ts';
import { TARGET_OPTIONS } from '../target/target-options.ts';
import { withTarget } from '../target/with-target.ts';

/** `fanout resume`: the opposite of `pause`. */
export const resumeCommand: Command = {
  name: 'resume',
  summary: 'Handle the events of a paused domain again.',
  usage: 'resume <domain>',
  options: TARGET_OPTIONS,
  examples: ['resume billing --stage prod', 'resume billing --local'],
  run(args, context) {
    const domain = readOwner(args);
    return withTarget(args, context, (target) => switchDomain(target, domain, true, context));
  },
};
