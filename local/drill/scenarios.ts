import type { Scenario } from './scenario.ts';
import { badSecret } from './scenarios/bad-secret.ts';
import { closedQueue } from './scenarios/closed-queue.ts';
import { deadConsumer } from './scenarios/dead-consumer.ts';
import { ledgerOutage } from './scenarios/ledger-outage.ts';
import { lostEvents } from './scenarios/lost-events.ts';
import { poisonMessage } from './scenarios/poison-message.ts';
import { poisonReaction } from './scenarios/poison-reaction.ts';
import { rareTries } from './scenarios/rare-tries.ts';
import { rateLimited } from './scenarios/rate-limited.ts';
import { revokedKey } from './scenarios/revoked-key.ts';
import { ruleSwitchedOff } from './scenarios/rule-switched-off.ts';

/** From what comes up often to what hopefully never does. */
export const SCENARIOS: readonly Scenario[] = [
  poisonReaction,
  deadConsumer,
  badSecret,
  poisonMessage,
  closedQueue,
  revokedKey,
  rateLimited,
  rareTries,
  ledgerOutage,
  lostEvents,
  ruleSwitchedOff,
];
