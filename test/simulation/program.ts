import type { Actor } from './actor.ts';
import type { Simulation } from './simulation.ts';

/** A program under simulation: what is delivered to it, and which laws it must keep. */
export interface Program {
  /** Kebab-case. */
  readonly name: string;
  /** Faults in one schedule at most, where all schedules are explored. */
  readonly faults: number;
  /**
   * Receivers of the queues that the program itself fills, as deliveries after those of the bounds.
   * @default 0
   */
  readonly receivers?: number;
  begin(simulation: Simulation): Scenario;
}

/** One run of a program, with the world that it acts upon. */
export interface Scenario {
  /** Starts one invocation for a delivery. All that it does outside goes through `actor`. */
  attempt(actor: Actor, attempt: number): Promise<void>;
  /** What a delivery is of; those of one kind are interchangeable. Absent where all are. */
  kindOf?(delivery: number): string;
  /** When something happens by itself, in Unix milliseconds: what has passed does not matter. */
  moments?(): readonly number[];
  /** Whether the sender will send this delivery again, or a receiver has something to receive. */
  isOpen(delivery: number): boolean;
  /** The first law broken so far. */
  broken(): string | undefined;
  /** The first law broken when every fault is over and every delivery was answered. */
  brokenAtRest(): string | undefined;
  /** Text that is equal for equal worlds, laws' memory included. */
  fingerprint(): string;
}
