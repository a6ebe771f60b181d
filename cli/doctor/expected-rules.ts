import { UNRECOGNIZED } from '#shared/catalogue/domains.ts';
import { ROUTES } from '#shared/catalogue/routes.ts';
import { type QueueOwner, ruleName } from '#shared/naming/resource-names.ts';
import type { EventPattern } from '#shared/patterns/event-pattern.ts';
import { patternForRoute } from '#shared/patterns/pattern-for-route.ts';
import { THIN_PATTERN } from '#shared/patterns/thin-pattern.ts';
import { UNRECOGNIZED_PATTERN } from '#shared/patterns/unrecognized-pattern.ts';

/** A rule that the bus is to have. */
export interface ExpectedRule {
  readonly name: string;
  readonly pattern: EventPattern;
  /** Whose queue it delivers to. */
  readonly owner: QueueOwner;
}

/** Every rule of ours, as this version routes. */
export function expectedRules(stage: string): readonly ExpectedRule[] {
  return [
    ...ROUTES.map((route) => ({
      name: ruleName(stage, route.id),
      pattern: patternForRoute(route),
      owner: route.domain,
    })),
    { name: ruleName(stage, 'Thin'), pattern: THIN_PATTERN, owner: 'thin' },
    { name: ruleName(stage, 'Unrecognized'), pattern: UNRECOGNIZED_PATTERN, owner: UNRECOGNIZED },
  ];
}
