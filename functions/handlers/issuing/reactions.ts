import type { Reactions } from '../reaction.ts';
import { keepSpending } from './keep-spending.ts';

/** What this team does when an event of issuing happens. */
export const reactions: Reactions = {
  'issuing_authorization.created': keepSpending,
  'issuing_authorization.updated': keepSpending,
};
