import type { StripeEventSubscriptionProps } from './subscription-props.ts';

/**
 * What the owners of the pipeline add to `subscribers` in their `infra/config.ts`, as text to paste.
 * @param account of the subscriber
 */
export function configRow(props: StripeEventSubscriptionProps, account: string, owner: string): string {
  const { name, events, where, fifo, allowUnknown, allowUndecided } = props;
  const replay = props.replay === 'ignore' ? undefined : props.replay;
  return `${literal({ name, account, owner, events, where, replay, fifo, allowUnknown, allowUndecided })},`;
}

/** A value as one writes it in TypeScript. */
function literal(value: unknown): string {
  if (typeof value === 'string') return `'${value.replaceAll(/['\\]/g, '\\$&')}'`;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const key = (name: string) => (/^[A-Za-z_]\w*$/.test(name) ? name : literal(name));
  return `{ ${members.map(([name, member]) => `${key(name)}: ${literal(member)}`).join(', ')} }`;
}
