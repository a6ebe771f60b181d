import { Faults } from './faults/faults.ts';
import { InFlight } from './observe/in-flight.ts';
import { Observations } from './observe/observations.ts';
import { MoveTasks } from './sqs/move-tasks.ts';
import { Queues } from './sqs/queues.ts';
import { TimeScale } from './time-scale.ts';

/** What every part of a running runtime works with. */
export class SharedParts {
  readonly observations = new Observations();
  readonly inFlight = new InFlight(this.observations);
  readonly faults = new Faults();
  readonly scale: TimeScale;
  readonly queues: Queues;
  readonly moveTasks: MoveTasks;

  constructor(timeScale: number) {
    this.scale = new TimeScale(timeScale);
    this.queues = new Queues(this.scale, this.observations);
    this.moveTasks = new MoveTasks(this.queues, this.observations);
  }
}
