import { THIN_SOURCE } from '../event/bus-entry.ts';
import type { RulePattern } from './rule-pattern.ts';

/** The rule for notifications that wait for the resolver, whatever their type. */
export const THIN_PATTERN: RulePattern = { source: [THIN_SOURCE] };
