import { compilePattern } from './compile-pattern.ts';

/**
 * Tells whether EventBridge would deliver this event to a rule with this pattern. For many events compile the
 * pattern once with {@link compilePattern}.
 * @throws {InvalidPattern}
 */
export function matchesPattern(pattern: unknown, event: unknown): boolean {
  return compilePattern(pattern)(event);
}
