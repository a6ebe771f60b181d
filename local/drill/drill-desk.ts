import { LOCAL_KEY_SECRET } from '../stripe/local-api-keys.ts';
import { commandsOf, pageForDrill } from './page-for-drill.ts';
import type { Said } from './said.ts';
import type { DrillWorld, Scenario, Trouble } from './scenario.ts';

export interface DrillDeskOptions {
  readonly scenario: Scenario;
  readonly world: DrillWorld;
  /** The text of the alarm's page. */
  readonly page: string;
  /** What the functions complained of, the newest last. */
  readonly complaints: () => readonly string[];
  readonly say: (said: Said) => void;
}

/** How far before the trouble a replay begins: AWS advises ten minutes, for the clocks on the way. */
const BEFORE_MS = 600_000;

/** Answers what a person types at the drill: what they would look up or have done elsewhere than in a terminal. */
export class DrillDesk {
  readonly #options: DrillDeskOptions;
  readonly #trouble: Trouble;
  readonly #begun = Date.now();
  #hints = 0;

  constructor(options: DrillDeskOptions, trouble: Trouble) {
    this.#options = options;
    this.#trouble = trouble;
  }

  /** How many hints were asked for. */
  get hints(): number {
    return this.#hints;
  }

  /** Takes a line. */
  async typed(line: string): Promise<void> {
    const commands: Readonly<Record<string, () => void | Promise<void>>> = {
      page: () => this.#page(),
      status: () => this.#status(),
      logs: () => this.#logs(),
      stripe: () => this.#stripe(),
      hint: () => this.#hint(),
      deploy: () => this.#deploy(),
    };
    const word = line.trim().toLowerCase();
    if (word === '') return;
    const command = commands[word];
    if (command === undefined) this.#say('help', { typed: word }, HELP);
    else await command();
  }

  #page(): void {
    const { page, world, scenario } = this.#options;
    const { runtime, stage } = world;
    const shown = pageForDrill(page, {
      stage,
      url: runtime.url,
      awsUrl: runtime.awsUrl,
      domain: scenario.domain,
      event: this.#trouble.victims[0] ?? 'evt_123',
      from: new Date(this.#begun - BEFORE_MS).toISOString(),
      to: new Date().toISOString(),
    });
    this.#say('page', { commands: commandsOf(shown) }, shown);
  }

  async #status(): Promise<void> {
    const { open } = await this.#trouble.state();
    const [example] = this.#trouble.victims;
    const text =
      open.length === 0 ? 'All is well, as far as it can be seen.' : `${open.join(', ')}; one is ${example}.`;
    this.#say('status', { open, example }, text);
  }

  #logs(): void {
    const lines = this.#options.complaints();
    this.#say('logs', { lines }, lines.join('\n') || 'No function has complained yet.');
  }

  #stripe(): void {
    const { answers, undelivered, signingSecret } = this.#options.world.stripe;
    const lines = [
      ...Array.from(answers, ([answer, count]) => `${count} deliveries were answered ${answer}`),
      `${undelivered.size} events are still to be delivered`,
      `The endpoint's signing secret is ${signingSecret}`,
      `The restricted keys are ${Object.values(LOCAL_KEY_SECRET).join(' and ')}`,
    ];
    const data = { answers: Object.fromEntries(answers), signingSecret, keys: LOCAL_KEY_SECRET };
    this.#say('stripe', data, lines.join('\n'));
  }

  #hint(): void {
    const { hints } = this.#options.scenario;
    const hint = hints[this.#hints] ?? 'There is no other hint.';
    this.#hints = Math.min(this.#hints + 1, hints.length);
    const left = hints.length - this.#hints;
    this.#say('hint', { hint, left }, `${hint} (${left} left)`);
  }

  #deploy(): void {
    this.#trouble.deploy?.();
    // Whether that helped is for the person to find out.
    this.#say('deployed', {}, 'The latest version is deployed, and what was changed by hand is as the templates say.');
  }

  #say(event: Said['event'], data: Said['data'], text: string): void {
    this.#options.say({ event, data, text });
  }
}

export const HELP = [
  'Work in another terminal, in this folder. Here you may type:',
  '  page     the runbook page, with commands that reach this drill and nothing else',
  '  status   what is not as it should be',
  '  logs     what the functions complained of',
  "  stripe   what Stripe's dashboard shows: deliveries, the endpoint's secret, the API keys",
  '  deploy   deploy the latest version, and revert what was changed by hand',
  '  hint     one hint',
  '  quit     give up',
].join('\n');
