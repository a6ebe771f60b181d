import { type ResolvedAssembly, resourcesOf } from '../assembly/resolve-assembly.ts';
import { admitForeignRules } from '../iam/foreign-rules.ts';
import type { SharedParts } from '../shared-parts.ts';
import type { Undo } from '../undo.ts';
import type { DeliveryPorts } from './delivery-ports.ts';
import { EventBuses } from './event-buses.ts';
import { archivesFrom, rulesFrom } from './rules-from.ts';

/** The buses of all templates, with their rules and archives; `undo` ends what they wait for. */
export function busesFrom(
  resolved: ResolvedAssembly,
  shared: SharedParts,
  given: Pick<DeliveryPorts, 'access' | 'apiDestinations'>,
  undo: Undo,
): EventBuses {
  const names = resourcesOf(resolved, 'AWS::Events::EventBus').map(({ ref }) => ref);
  const stopping = new AbortController();
  undo.add(() => stopping.abort());
  const stateMachines = new Set(resourcesOf(resolved, 'AWS::StepFunctions::StateMachine').map(({ ref }) => ref));
  const ports = { ...shared, ...given, stateMachines, signal: stopping.signal };
  const rules = rulesFrom(resolved);
  admitForeignRules(rules, given.access);
  return new EventBuses(names, rules, archivesFrom(resolved), ports, shared.inFlight);
}
