import type { Reactions } from '../reaction.ts';

/** What this team does when an event of tax happens; see `../billing/reactions.ts` for an example. */
export const reactions: Reactions = {};
