import { DECISION_TYPES } from '#shared/catalogue/decision-types.ts';
import { type Change, type DestinationPlan, isApplied, type PlanItem } from '#shared/destinations/destination-plan.ts';
import type { FoundDestination } from '#shared/destinations/found-destination.ts';
import { associationOf } from '#shared/destinations/partner-association.ts';
import { MAX_DESTINATIONS, type WantedDestination } from '#shared/destinations/wanted-destination.ts';
import { requiresSelection } from '#shared/destinations/wanted-types.ts';
import type { CommandContext } from '../command.ts';
import { wrap } from '../terminal/table.ts';

const INDENT = '      ';

/** A plan as a person reads it: each destination with what would change, as `cdk diff` shows a stack. */
export function planText(label: string, plan: DestinationPlan, context: CommandContext): string {
  const lines = [
    label,
    `${plan.total} of ${MAX_DESTINATIONS} destinations are there.`,
    '',
    ...plan.items.flatMap((item) => itemLines(item, context)),
    ...plan.surplus.map((one) => surplusLine(one, context)),
    ...plan.doubles.map((one) => doubleLine(one, context)),
    ...plan.undeclared.flatMap((one) => undeclaredLines(one, context)),
    ...leftOutLines(plan, context),
  ];
  return lines.join('\n');
}

function itemLines({ wanted, found, twin, changes }: PlanItem, context: CommandContext): string[] {
  const { paint } = context;
  const isNew = changes.some(({ kind }) => kind === 'create');
  const sign = isNew ? paint('green', '[+]') : signOf(changes, context);
  const state = changes.length === 0 ? ' is as wanted' : '';
  return [
    `${sign} ${paint('bold', wanted.slot)} ${isNew ? `→ ${wanted.url}` : (found?.id ?? wanted.id)}${state}`,
    ...(isNew
      ? wrapped(contentOf(wanted), context)
      : changes.flatMap((change) => changeLines(change, wanted, context))),
    ...(twin === undefined
      ? []
      : [
          `${INDENT}${paint('yellow', `a rotation is under way (${twin.id})`)}: fanout destinations rotate ${wanted.slot}`,
        ]),
  ];
}

function signOf(changes: readonly Change[], { paint }: CommandContext): string {
  if (changes.length === 0) return '[ ]';
  return changes.some(isApplied) ? paint('yellow', '[~]') : paint('red', '[!]');
}

function contentOf({ enabledEvents, apiVersion, accounts, api }: WantedDestination): string {
  const byName = enabledEvents.filter(requiresSelection);
  return [
    `${enabledEvents.length} event types of ${accounts === 'own' ? 'the own account' : 'connected accounts'}`,
    ...(apiVersion === undefined ? [] : [`API version ${apiVersion}`]),
    ...(api === 'v1' ? ['a classic endpoint'] : []),
    ...(byName.length > 0 ? [`by name, for * leaves them out: ${byName.join(' ')}`] : []),
  ].join('; ');
}

function changeLines(change: Change, { slot }: WantedDestination, context: CommandContext): string[] {
  const { paint } = context;
  switch (change.kind) {
    case 'create':
      return [];
    case 'recreate':
      return wrapped(
        'its secret was lost before it was stored, and nothing was sent to it yet: delete it, create another',
        context,
      );
    case 'open':
      return wrapped('its secret is stored: ask for all its event types', context);
    case 'adopt':
      return wrapped('was made by hand: mark it as this pipeline’s', context);
    case 'url':
      return [`${INDENT}url ${paint('red', change.from)}`, `${INDENT}  → ${paint('green', change.to)}`];
    case 'enable':
      return wrapped(`is disabled (${change.reason}): enable it`, context);
    case 'rotate':
      return wrapped(paint('red', `${change.why}: fanout destinations rotate ${slot}`), context);
    case 'blocked':
      return wrapped(paint('red', change.why), context);
    case 'types':
      return [
        ...typeLines('green', `+ ${change.added.length} event types:`, change.added, context),
        ...typeLines('red', `- ${change.removed.length} event types:`, change.removed, context),
      ];
  }
}

function typeLines(
  colour: 'green' | 'red',
  title: string,
  names: readonly string[],
  context: CommandContext,
): string[] {
  if (names.length === 0) return [];
  return wrapped(`${title} ${names.join(' ')}`, context).map((line) => context.paint(colour, line));
}

function surplusLine({ id, name }: FoundDestination, { paint }: CommandContext): string {
  return `${paint('red', '[-]')} ${id} (${name}) is wanted no more: fanout destinations remove ${id}`;
}

function doubleLine({ id, name, url }: FoundDestination, { paint }: CommandContext): string {
  return `${paint('yellow', '[!]')} ${id} (${name || 'without a name'}) posts to ${url} as well, so that its events come twice: fanout destinations remove ${id}`;
}

function undeclaredLines(found: FoundDestination, context: CommandContext): string[] {
  const source = found.eventSource?.arn.split('event-source/')[1] ?? found.id;
  const window = associationOf(found) ?? 'its bus is there';
  return [
    `${context.paint('yellow', '[?]')} ${found.id} (${found.name}) sends to this account’s EventBridge and is not declared`,
    ...wrapped(`${window}. partnerEventSources: ['${source}'] in infra/config.ts takes its events.`, context),
  ];
}

/** What is not asked for, although the catalogue has it. */
function leftOutLines({ items }: DestinationPlan, context: CommandContext): string[] {
  const asked = new Set(items.flatMap(({ wanted }) => wanted.enabledEvents));
  const missing = DECISION_TYPES.filter((name) => !asked.has(name));
  if (missing.length === 0) return [];
  const why = `Not asked for: ${missing.join(', ')}, which Stripe holds a payment up for until it is decided. An ordinary destination decides nothing: issuingAuthorization in infra/config.ts gives it a lane that does, and alsoSend asks for it all the same.`;
  return ['', ...wrap(why, context.width)];
}

function wrapped(text: string, { width }: CommandContext): string[] {
  return wrap(text, Math.max(40, width - INDENT.length)).map((line) => INDENT + line);
}
