import type { Archive } from './archive.ts';
import { asReplayed } from './bus-event.ts';
import type { EventBuses } from './event-buses.ts';
import type { Rule } from './rule.ts';

export type ReplayState = 'STARTING' | 'RUNNING' | 'COMPLETED' | 'CANCELLING' | 'CANCELLED';

export interface ReplayOptions {
  readonly name: string;
  readonly archive: Pick<Archive, 'between' | 'arn' | 'bus'>;
  /** The rules that get the events again. */
  readonly rules: readonly Rule[];
  /** ARNs as the caller gave them; empty for all rules of the bus. */
  readonly filterArns: readonly string[];
  readonly start: Date;
  readonly end: Date;
}

/** Delivers archived events again, marked with the replay's name. Replayed events are not archived a second time. */
export class Replay {
  readonly options: ReplayOptions;
  readonly startedAt = new Date();
  state: ReplayState = 'STARTING';
  endedAt: Date | undefined;
  /** Time of the last event replayed. */
  lastReplayed: Date | undefined;

  constructor(options: ReplayOptions) {
    this.options = options;
  }

  async run(buses: Pick<EventBuses, 'replay'>): Promise<void> {
    const { name, archive, rules, start, end } = this.options;
    const events = archive.between(start, end);
    for (const event of events) {
      // Lets requests in between, a cancel among them.
      await new Promise(setImmediate);
      if (this.state === 'CANCELLING') break;
      this.state = 'RUNNING';
      buses.replay(archive.bus, rules, asReplayed(event, name));
      this.lastReplayed = event.time;
    }
    this.state = this.state === 'CANCELLING' ? 'CANCELLED' : 'COMPLETED';
    this.endedAt = new Date();
  }

  get active(): boolean {
    return !['COMPLETED', 'CANCELLED'].includes(this.state);
  }

  cancel(): void {
    if (this.active) this.state = 'CANCELLING';
  }
}
