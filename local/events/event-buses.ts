import { arn } from '../assembly/account.ts';
import { AwsError } from '../aws/aws-error.ts';
import type { InFlight } from '../observe/in-flight.ts';
import type { Archive } from './archive.ts';
import type { BusEvent } from './bus-event.ts';
import { deliver } from './deliver.ts';
import type { DeliveryPorts } from './delivery-ports.ts';
import { busName } from './read-entry.ts';
import type { Rule } from './rule.ts';

/** The buses, what listens on them, and what remembers. */
export class EventBuses {
  readonly names: ReadonlySet<string>;
  readonly rules: readonly Rule[];
  readonly archives: readonly Archive[];
  readonly #matched = new Map<string, number>();
  readonly #ports: DeliveryPorts;
  readonly #inFlight: InFlight;

  /** @param names of the buses besides the account's own, `default` */
  constructor(
    names: readonly string[],
    rules: readonly Rule[],
    archives: readonly Archive[],
    ports: Omit<DeliveryPorts, 'publish'>,
    inFlight: InFlight,
  ) {
    this.names = new Set(['default', ...names]);
    this.rules = rules;
    this.archives = archives;
    this.#ports = { ...ports, publish: (busArn, event) => this.#forward(busArn, event) };
    this.#inFlight = inFlight;
  }

  /** Takes an event: archives it, and starts its deliveries. */
  publish(bus: string, event: BusEvent): void {
    const parsed: unknown = JSON.parse(event.json);
    for (const archive of this.archives) if (archive.bus === bus) archive.offer(event, parsed);
    this.route(
      this.rules.filter((rule) => rule.bus === bus),
      event,
      parsed,
    );
  }

  /** Starts the deliveries of an event to those of the rules that match it. */
  route(rules: readonly Rule[], event: BusEvent, parsed: unknown = JSON.parse(event.json)): void {
    for (const rule of rules) {
      if (!rule.enabled || !rule.matches(parsed)) continue;
      this.#matched.set(rule.name, this.matched(rule.name) + 1);
      for (const target of rule.targets) {
        void this.#inFlight.during('deliveries', () => deliver(event, rule, target, this.#ports));
      }
    }
  }

  /** Gives an archive's event to rules of its bus once more, unless the bus's policy forbids even EventBridge that. */
  replay(bus: string, rules: readonly Rule[], event: BusEvent): void {
    const denial = this.#ports.access.denial({
      principal: { kind: 'service', name: 'events.amazonaws.com', onItsOwn: true },
      action: 'events:PutEvents',
      resource: arn('events', `event-bus/${bus}`),
      context: { 'events:source': [event.source], 'events:detail-type': [event.detailType] },
    });
    if (denial === undefined) this.route(rules, event);
  }

  /** What one bus hands to another stays the same event. @throws {AwsError} there is no such bus */
  #forward(busArn: string, event: BusEvent): void {
    const bus = busName(busArn);
    if (!this.names.has(bus)) throw new AwsError('ResourceNotFoundException', `Event bus ${busArn} does not exist.`);
    this.publish(bus, event);
  }

  /** How many events a rule has matched, also without a target. */
  matched(ruleName: string): number {
    return this.#matched.get(ruleName) ?? 0;
  }
}
