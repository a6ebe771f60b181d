import { canonicalType } from '#shared/catalogue/canonical-type.ts';
import { type DomainOrUnrecognized, UNRECOGNIZED } from '#shared/catalogue/domains.ts';
import { findEventType } from '#shared/catalogue/find-event-type.ts';
import { longestPrefix } from '#shared/catalogue/longest-prefix.ts';
import {
  DEFAULT_STAGE,
  deadLetterQueueName,
  handlerName,
  isStage,
  queueName,
  ruleName,
} from '#shared/naming/resource-names.ts';
import type { Command } from '../command.ts';
import { table } from '../terminal/table.ts';
import { UsageError } from '../usage-error.ts';

/** Where an event of a type goes. */
interface Path {
  readonly type: string;
  readonly canonicalType: string;
  /** Whether the catalogue knows the type; routing does not need it to. */
  readonly known: boolean;
  readonly prefix: string | null;
  readonly rule: string;
  readonly domain: DomainOrUnrecognized;
  readonly queue: string;
  readonly deadLetterQueue: string;
  readonly handler: string;
}

/** `fanout route`: which rule, queue and handler an event type meets, known or not. */
export const routeCommand: Command = {
  name: 'route',
  summary: 'Say where events of a type go: prefix, rule, domain, queue and handler.',
  usage: 'route <type>',
  options: { stage: { type: 'string', value: 'NAME', help: `Stage whose names to show (default ${DEFAULT_STAGE}).` } },
  examples: ['fanout route customer.subscription.updated', 'fanout route v1.invoice.paid --stage prod'],
  run({ positionals, values }, { width }) {
    const [type, ...more] = positionals;
    if (type === undefined || more.length > 0) throw new UsageError('route takes exactly one event type.');
    const stage = typeof values.stage === 'string' ? values.stage : DEFAULT_STAGE;
    if (!isStage(stage))
      throw new UsageError(`"${stage}" cannot be a stage: 1 to 12 lower-case letters, digits and dashes.`);

    const path = pathOf(type, stage);
    const rows = Object.entries(path).map(([name, value]) => [name, String(value ?? 'none')]);
    return { exitCode: 0, data: path, text: `${table(rows, width)}${remark(path)}` };
  },
};

function pathOf(type: string, stage: string): Path {
  const canonical = canonicalType(type);
  const route = longestPrefix(canonical);
  const domain = route?.domain ?? UNRECOGNIZED;
  return {
    type,
    canonicalType: canonical,
    known: findEventType(canonical) !== undefined,
    prefix: route?.prefix ?? null,
    rule: ruleName(stage, route?.id ?? 'Unrecognized'),
    domain,
    queue: queueName(stage, domain),
    deadLetterQueue: deadLetterQueueName(stage, domain),
    handler: handlerName(stage, domain),
  };
}

function remark({ known, prefix }: Path): string {
  if (prefix === null) return '\n\nNo prefix covers this type: the rule "Unrecognized" takes it, and nothing is lost.';
  return known ? '' : '\n\nThe catalogue does not know this type; its prefix decides, as for any that Stripe adds.';
}
