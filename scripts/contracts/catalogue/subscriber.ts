import { isRecord } from '#shared/event/stripe-event.ts';

/** Another team's rule, as far as the pages speak of it. */
export interface Subscriber {
  readonly rule: string;
  readonly owner: string | undefined;
  readonly types: readonly string[];
  /** What else its pattern asks for. */
  readonly conditions: readonly string[];
}

/**
 * Reads what `fanout subscriptions --json` printed.
 * @throws {Error} it is something else
 */
export function readSubscribers(text: string): readonly Subscriber[] {
  const printed: unknown = JSON.parse(text);
  if (!isRecord(printed) || !Array.isArray(printed.subscriptions)) {
    throw new Error('This is not what `fanout subscriptions --json` prints: it has no list "subscriptions".');
  }
  return printed.subscriptions.map((entry: unknown) => {
    if (!isRecord(entry) || typeof entry.rule !== 'string') throw new Error('A subscription has no "rule".');
    const { rule, owner, types, conditions } = entry;
    return {
      rule,
      owner: typeof owner === 'string' ? owner : undefined,
      types: texts(types),
      conditions: texts(conditions),
    };
  });
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
