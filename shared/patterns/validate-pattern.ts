import type { EventPattern } from './event-pattern.ts';
import { parseBranches } from './parse-branches.ts';

/**
 * Refuses what EventBridge would refuse, and says where.
 * @throws {InvalidPattern} with `reason` and `path`
 */
export function validatePattern(value: unknown): asserts value is EventPattern {
  parseBranches(value);
}
