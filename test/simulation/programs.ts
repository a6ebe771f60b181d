import {
  GAP_BUGS,
  LEDGER_BUGS,
  type PlantedBug,
  PROJECTION_BUGS,
  PUBLISHING_BUGS,
  RESOLVER_BUGS,
  TWIN_BUGS,
} from './planted-bugs.ts';
import { LATEST_BUGS, REFUSED_BUGS, TIE_BUGS } from './planted-refresh-bugs.ts';
import type { Program } from './program.ts';
import { gap } from './programs/gap.ts';
import { handler } from './programs/handler.ts';
import { ingress } from './programs/ingress.ts';
import { refresh } from './programs/refresh.ts';
import { resolver } from './programs/resolver.ts';
import { twins } from './programs/twins.ts';
import type { Bounds } from './simulation.ts';

/** All programs that are simulated. A new one needs its file in programs/ and a line here. */
export const PROGRAMS: readonly Program[] = [
  ingress({ kind: 'inline', faults: 2 }),
  ingress({ kind: 'large', faults: 1 }),
  ingress({ kind: 'refused', faults: 1 }),
  resolver({ object: 'found', faults: 1 }),
  resolver({ object: 'gone', faults: 1 }),
  twins({ faults: 1 }),
  gap({ faults: 1 }),
  handler({ part: 'reactions', faults: 1 }),
  handler({ part: 'projection', faults: 2 }),
  refresh({ kind: 'tie', faults: 1 }),
  refresh({ kind: 'latest', faults: 1 }),
  refresh({ kind: 'refused', faults: 1 }),
];

/** Programs with a bug each, which must be found. */
export const PLANTED: readonly (readonly [bug: PlantedBug, program: Program])[] = [
  ...[...LEDGER_BUGS, ...PUBLISHING_BUGS].map((bug) => [bug, ingress({ sabotage: bug })] as const),
  ...[...LEDGER_BUGS, ...PUBLISHING_BUGS, ...RESOLVER_BUGS].map(
    (bug) => [bug, resolver({ object: 'found', sabotage: bug })] as const,
  ),
  ...[...LEDGER_BUGS, ...PUBLISHING_BUGS, ...TWIN_BUGS].map((bug) => [bug, twins({ sabotage: bug })] as const),
  ...[...LEDGER_BUGS, ...PUBLISHING_BUGS, ...GAP_BUGS].map((bug) => [bug, gap({ sabotage: bug })] as const),
  ...LEDGER_BUGS.map((bug) => [bug, handler({ part: 'reactions', sabotage: bug })] as const),
  ...PROJECTION_BUGS.map((bug) => [bug, handler({ part: 'projection', sabotage: bug })] as const),
  ...TIE_BUGS.map((bug) => [bug, refresh({ kind: 'tie', sabotage: bug })] as const),
  ...LATEST_BUGS.map((bug) => [bug, refresh({ kind: 'latest', sabotage: bug })] as const),
  ...REFUSED_BUGS.map((bug) => [bug, refresh({ kind: 'refused', sabotage: bug })] as const),
];

/** Where every schedule is explored. */
export const exhaustive = (faults: number): Bounds => ({ deliveries: 2, attempts: 2, faults });
/** Where schedules are picked at random. */
export const RANDOM: Bounds = { deliveries: 3, attempts: 2, faults: 4 };
