import type { Reactions } from '../reaction.ts';
import { startDunning } from './start-dunning.ts';

/** What the billing team does when an event of its domain happens. */
export const reactions: Reactions = {
  'invoice.payment_failed': startDunning,
};
