import { setTimeout as sleep } from 'node:timers/promises';
import { alarmMessages } from './alarm-message.ts';
import type { DrillAlarm } from './drill-alarm.ts';
import { DrillDesk, type DrillDeskOptions, HELP } from './drill-desk.ts';
import type { Trouble } from './scenario.ts';

/** Milliseconds between two looks at whether it is mended, and how many in a row must find it so. */
const LOOK_EVERY_MS = 250;
const LOOKS = 3;
/** Milliseconds after which the alarm should be on: the drill is at fault when it is not. */
const ALARM_MS = 60_000;

export interface DrillOptions extends DrillDeskOptions {
  readonly alarm: DrillAlarm;
  /** Ends the drill as it stands. */
  readonly signal: AbortSignal;
}

type Ending = 'mended' | 'lost' | 'given up';

/** One drill: something breaks, a person mends it, and is told how that went. */
export class Drill {
  readonly #options: DrillOptions;
  #desk: DrillDesk | undefined;

  constructor(options: DrillOptions) {
    this.#options = options;
  }

  /**
   * @returns whether it was mended, nothing lost
   * @throws {Error} the alarm did not go on: the drill itself is broken
   */
  async run(): Promise<boolean> {
    const { scenario, world } = this.#options;
    const trouble = await scenario.begin(world);
    const desk = new DrillDesk(this.#options, trouble);
    try {
      await this.#alarm(trouble);
      const alarmed = performance.now();
      this.#desk = desk;
      trouble.announced?.();
      const ending = await this.#untilOver(trouble);
      this.#tell(ending, (performance.now() - alarmed) / 1000, trouble.victims.length, desk.hints);
      return ending === 'mended';
    } finally {
      await trouble.end();
    }
  }

  /** Takes a line that the person typed at the drill, once the alarm is on. */
  async typed(line: string): Promise<void> {
    await this.#desk?.typed(line);
  }

  async #alarm({ measure }: Trouble): Promise<void> {
    const { alarm, signal, scenario, say } = this.#options;
    const { name, severity, description, runbook } = alarm;
    const deadline = performance.now() + ALARM_MS;
    for (let value = measure(); !signal.aborted; value = measure()) {
      if (alarm.isOn(value)) {
        const rule = '─'.repeat(80);
        const text = [...alarmMessages(alarm, value).flatMap((message) => [rule, message]), rule, '', HELP].join('\n');
        const data = { name, severity, description, value, runbook: `docs/runbooks/${runbook}` };
        return say({ event: 'alarm', data, text });
      }
      if (performance.now() > deadline) {
        throw new Error(`${scenario.name}: ${name} is not on after a minute: its metric shows ${value}.`);
      }
      await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #untilOver({ state }: Trouble): Promise<Ending> {
    const { signal } = this.#options;
    let [mended, lost] = [0, 0];
    while (!signal.aborted) {
      const now = await state();
      // A message on its way from one place to another is in neither for a moment.
      lost = now.lost > 0 ? lost + 1 : 0;
      mended = now.open.length + now.lost === 0 ? mended + 1 : 0;
      if (lost >= LOOKS) return 'lost';
      if (mended >= LOOKS) return 'mended';
      await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
    return 'given up';
  }

  #tell(ending: Ending, seconds: number, victims: number, hints: number): void {
    const { scenario, alarm, say } = this.#options;
    const time = `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
    const took = hints === 0 ? `${time}, without a hint` : `${time}, with ${hints} ${hints === 1 ? 'hint' : 'hints'}`;
    const how: Readonly<Record<Ending, string>> = {
      mended: `Mended after ${took}: all ${victims} that suffered are where they belong.`,
      lost: `Not mended: what suffered is gone for good, deleted after ${took}. Park or export before you purge.`,
      'given up': `Not mended after ${took}.`,
    };
    say({
      event: 'ended',
      data: { ending, scenario: scenario.name, alarm: alarm.name, victims, seconds, hints, cause: scenario.cause },
      text: `${how[ending]}\nIt was: ${scenario.cause}`,
    });
  }
}
