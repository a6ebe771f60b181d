import type { FoundDestination } from './found-destination.ts';
import { requiresSelection } from './wanted-types.ts';

/** Whether a destination asks for a type: `*` stands for all but those that require selection. */
export function asksFor({ enabledEvents }: Pick<FoundDestination, 'enabledEvents'>, type: string): boolean {
  return enabledEvents.includes(type) || (enabledEvents.includes('*') && !requiresSelection(type));
}
