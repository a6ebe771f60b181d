import type { Reactions } from '../reaction.ts';

/** What happens with types that no prefix covers: they are projected and counted; give them a row in the routing table. */
export const reactions: Reactions = {};
