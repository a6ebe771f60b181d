import type { Command, CommandContext } from '../command.ts';
import { checkApiKeys } from '../doctor/check-api-keys.ts';
import { checkClock } from '../doctor/check-clock.ts';
import { checkDestinations } from '../doctor/check-destinations.ts';
import { checkMappings } from '../doctor/check-mappings.ts';
import { checkPartners } from '../doctor/check-partners.ts';
import { checkQueues } from '../doctor/check-queues.ts';
import { checkReconciler } from '../doctor/check-reconciler.ts';
import { checkRules } from '../doctor/check-rules.ts';
import { checkSecrets } from '../doctor/check-secrets.ts';
import { checkTargets } from '../doctor/check-targets.ts';
import { error, type Finding } from '../doctor/finding.ts';
import type { Target } from '../target/target.ts';
import { TARGET_OPTIONS } from '../target/target-options.ts';
import { withTarget } from '../target/with-target.ts';
import { table } from '../terminal/table.ts';
import { UsageError } from '../usage-error.ts';

/** `fanout doctor`: looks at everything that can be wrong without an event having failed yet. */
export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'Look for what is wrong: secrets, rules, targets, mappings, queues, clock, quotas; each with its remedy.',
  usage: 'doctor',
  options: TARGET_OPTIONS,
  examples: ['doctor --stage prod', 'doctor --local'],
  run(args, context) {
    if (args.positionals.length > 0) throw new UsageError('doctor takes options only.');
    return withTarget(args, context, async (target) => {
      const findings = await examine(target, context);
      const errors = findings.filter(({ level }) => level === 'error').length;
      return {
        exitCode: errors > 0 ? 1 : 0,
        data: { target: target.label, errors, findings },
        text: `${target.label}\n\n${textOf(findings, context)}`,
      };
    });
  },
};

/** One check that cannot be made does not keep the others from being made. */
async function examine(target: Target, context: CommandContext): Promise<Finding[]> {
  const checks: readonly (readonly [string, () => Promise<Finding | Finding[]>])[] = [
    ['signing secrets', () => checkSecrets(target)],
    ['API keys', () => checkApiKeys(target)],
    ['rules', () => checkRules(target)],
    ['targets', () => checkTargets(target)],
    ['partner sources', () => checkPartners(target)],
    ['mappings', () => checkMappings(target)],
    ['queues', () => checkQueues(target, context)],
    ['clock', () => checkClock(target, context)],
    ['destinations', () => checkDestinations(target, context)],
    ['reconciler', () => checkReconciler(target, context)],
  ];
  const results = await Promise.all(
    checks.map(([name, check]) =>
      check().catch((thrown: unknown) => {
        const reason = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
        return error(name, `This could not be looked at: ${reason}`, 'Use a role that may read it.');
      }),
    ),
  );
  return results.flat();
}

const ORDER = { error: 0, warn: 1, ok: 2 } as const;
const COLOURS = { error: 'red', warn: 'yellow', ok: 'green' } as const;

/** A remedy has a line of its own, so that it can be copied. */
function textOf(findings: readonly Finding[], { paint, width }: CommandContext): string {
  const sorted = findings.toSorted((a, b) => ORDER[a.level] - ORDER[b.level]);
  const rows = sorted.flatMap(({ level, check, what, remedy }) => [
    [paint(COLOURS[level], level), check, what],
    ...(remedy === undefined ? [] : [['', '', `→ ${remedy}`]]),
  ]);
  return table(rows, width);
}
