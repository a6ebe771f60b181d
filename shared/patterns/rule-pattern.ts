import type { EventPattern, ValueMatcher } from './event-pattern.ts';

/** The shape of this project's own rules: fields of the envelope, and the event type once more under `detail`. */
export interface RulePattern extends EventPattern {
  readonly source: readonly string[];
  readonly 'detail-type'?: readonly ValueMatcher[];
  readonly detail?: { readonly type: readonly ValueMatcher[] };
}
