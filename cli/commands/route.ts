import { canonicalType } from '#shared/catalogue/canonical-type.ts';
import { type DomainOrUnrecognized, UNRECOGNIZED } from '#shared/catalogue/domains.ts';
import { findEventType } from '#shared/catalogue/find-event-type.ts';
import { longestPrefix } from '#shared/catalogue/longest-prefix.ts';
import { isEventType } from '#shared/event/stripe-event.ts';
import {
  DEFAULT_STAGE,
  deadLetterQueueName,
  handlerName,
  isStage,
  queueName,
  ruleName,
} from '#shared/naming/resource-names.ts';
import type { Command } from '../command.ts';
import { table, wrap } from '../terminal/table.ts';
import { UsageError } from '../usage-error.ts';

/** Where an event of a type goes. */
interface Path {
  readonly type: string;
  readonly canonicalType: string;
  /** Whether the catalogue knows the type; routing does not need it to. */
  readonly known: boolean;
  /** Whether the ingress takes events of this type; it refuses what has not the form of Stripe's types. */
  readonly accepted: boolean;
  /** Queue to which the notification goes first, for a type that Stripe sends thin. */
  readonly thinQueue: string | null;
  readonly prefix: string | null;
  readonly rule: string;
  readonly domain: DomainOrUnrecognized;
  readonly queue: string;
  readonly deadLetterQueue: string;
  readonly handler: string;
  /** What is peculiar about the way; `null` for a type like any other. */
  readonly remark: string | null;
}

/** `fanout route`: which rule, queue and handler an event type meets, known or not. */
export const routeCommand: Command = {
  name: 'route',
  summary: 'Say where events of a type go: prefix, rule, domain, queue and handler.',
  usage: 'route <type>',
  options: { stage: { type: 'string', value: 'NAME', help: `Stage whose names to show (default ${DEFAULT_STAGE}).` } },
  examples: ['route customer.subscription.updated', 'route v1.invoice.paid --stage prod'],
  run({ positionals, values }, { width }) {
    const [type, ...more] = positionals;
    if (type === undefined || more.length > 0)
      throw new UsageError('route takes exactly one event type, such as invoice.paid.');
    const stage = typeof values.stage === 'string' ? values.stage : DEFAULT_STAGE;
    if (!isStage(stage)) {
      throw new UsageError(`"${stage}" cannot be a stage: 1 to 12 lower-case letters, digits and dashes.`);
    }

    const path = pathOf(type, stage);
    const { remark, ...named } = path;
    const rows = Object.entries(named).map(([name, value]) => [name, String(value ?? 'none')]);
    const text = [table(rows, width), ...(remark === null ? [] : ['', ...wrap(remark, width)])].join('\n');
    return { exitCode: 0, data: path, text };
  },
};

function pathOf(type: string, stage: string): Path {
  const canonical = canonicalType(type);
  const route = longestPrefix(canonical);
  const domain: DomainOrUnrecognized = route?.domain ?? UNRECOGNIZED;
  const accepted = isEventType(type);
  const path = {
    type,
    canonicalType: canonical,
    known: findEventType(canonical) !== undefined,
    accepted,
    thinQueue: accepted && isThinType(type) ? queueName(stage, 'thin') : null,
    prefix: route?.prefix ?? null,
    rule: ruleName(stage, route?.id ?? 'Unrecognized'),
    domain,
    queue: queueName(stage, domain),
    deadLetterQueue: deadLetterQueueName(stage, domain),
    handler: handlerName(stage, domain),
  };
  return { ...path, remark: remarkOn(path) };
}

/** Thin types carry the version of their resource's API; the catalogue also finds them without it. */
function isThinType(type: string): boolean {
  return /^v[12]\./.test(type) || findEventType(type)?.styles.join() === 'thin';
}

function remarkOn({ accepted, thinQueue, prefix, known }: Omit<Path, 'remark'>): string | null {
  if (!accepted) {
    return 'Stripe sends no type of this form: the ingress refuses it (not_a_stripe_event). What is shown would hold for an event that comes to the bus in another way.';
  }
  const remarks = [
    thinQueue !== null &&
      `Stripe sends this type as a thin notification. It goes to ${thinQueue} first, and the way shown once it is resolved.`,
    prefix === null && 'No prefix covers this type: the rule "Unrecognized" takes it, and nothing is lost.',
    prefix !== null &&
      !known &&
      'The catalogue does not know this type; its prefix decides, as for any that Stripe adds.',
  ].filter((remark) => remark !== false);
  return remarks.length > 0 ? remarks.join(' ') : null;
}
