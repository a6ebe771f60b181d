import { setTimeout } from 'node:timers/promises';
import { deadLetterQueueName, QUEUE_OWNERS, type QueueOwner, queueName } from '#shared/naming/resource-names.ts';
import { inParallel } from '../demo/in-parallel.ts';
import { redrive } from '../demo/redrive.ts';
import type { Runtime } from '../running-pipeline.ts';
import type { ReportStep } from '../terminal/progress-line.ts';
import { TimeScale } from '../time-scale.ts';
import type { ChaosPlan, Sending } from './chaos-plan.ts';
import { ChaosSender } from './chaos-sender.ts';
import type { ChaosWitness } from './chaos-witness.ts';
import { type Judgement, judge } from './judge.ts';
import type { Moment } from './moments.ts';
import { Operator } from './operator.ts';
import { PartnerSender } from './partner-sender.ts';
import { lastLeaseEnd, readStoredState } from './stored-state.ts';
import { callersMeant, poison, type Strike } from './strikes.ts';
import { teachStripe } from './teach-stripe.ts';
import { type Telling, TOLD_LIVE } from './tellings.ts';

export interface ChaosOptions {
  readonly runtime: Runtime;
  readonly witness: ChaosWitness;
  readonly plan: ChaosPlan;
  readonly stage: string;
  /** Of every destination, at the start. */
  readonly secret: string;
  readonly timeScale: number;
  readonly progress: ReportStep;
}

/** First tries under way at once: more than the ingress has workers, so that requests wait too. */
const LANES = 24;
/** Real milliseconds until nothing moves any more; leases and visibility end in far less. */
const SETTLE_MS = 120_000;
const REDRIVE_MS = 60_000;
/** Of one DLQ, at most. */
const REDRIVES = 3;
/** Groups what Stripe tells by itself. */
const TOLD = 'chaos';

/** One run: sends what the plan says while breaking what it says, redrives, and compares. */
export class ChaosRun {
  readonly #options: ChaosOptions;
  readonly #sender: ChaosSender;
  readonly #partner: PartnerSender;
  readonly #operator: Operator;
  readonly #struck = new Map<string, number>();
  readonly #complaints: string[] = [];
  readonly #deadLetters = { parked: 0, redriven: 0, cameBack: 0, left: 0, events: 0 };
  readonly #forged: IterableIterator<ChaosPlan['forged'][number]>;
  #forgeries = 0;
  #forgeriesRefused = 0;
  #junk = 0;
  #stripeNotMet = 0;
  #sent = 0;

  constructor(options: ChaosOptions) {
    const { runtime, secret, timeScale, plan } = options;
    this.#options = options;
    this.#sender = new ChaosSender(runtime.outputs.WebhookUrl ?? '', secret, new TimeScale(timeScale));
    this.#partner = new PartnerSender(runtime);
    this.#operator = new Operator(runtime);
    this.#forged = plan.forged.values();
  }

  /** Sends and breaks, waits until nothing moves any more, and redrives what was given up. */
  async rage(): Promise<void> {
    const { runtime, plan, progress } = this.#options;
    try {
      if (runtime.stripe) teachStripe(runtime.stripe.world, plan);
      for (const object of plan.poisoned) runtime.faults.add(poison(object));
      await this.#sendAll();
      progress('retries', 0, 1);
      await this.#sender.done();
      await this.#settle();
      runtime.faults.clear();
      this.#stripeNotMet = runtime.stripe?.faults.list().length ?? 0;
      runtime.stripe?.faults.clear();
      await this.#settle();
      await this.#leasesEnd();
      await this.#redriveAll();
    } finally {
      this.#partner.close();
      this.#operator.close();
    }
  }

  async #sendAll(): Promise<void> {
    const { plan, progress } = this.#options;
    const moments = [...plan.moments];
    const begun = new Set<number>();
    await inParallel(plan.sendings, LANES, async (sending) => {
      const at = this.#sent++;
      while (moments[0] !== undefined && moments[0].at <= at) {
        const moment = moments.shift();
        if (moment) await this.#happen(moment).catch((thrown: unknown) => this.#complain(thrown));
      }
      await this.#send(sending, begun);
      progress('events', at + 1, plan.sendings.length);
    });
  }

  /** @param begun positions of the events whose trouble has begun already */
  async #send({ index, way }: Sending, begun: Set<number>): Promise<void> {
    const planned = this.#options.plan.events[index];
    if (planned === undefined) return;
    const { event, strikes } = planned;
    if (!begun.has(index)) for (const strike of strikes) this.#arm(strike);
    begun.add(index);
    if (way === 'webhook') await this.#sender.deliver(event);
    else await this.#partner.put(event).catch((thrown: unknown) => this.#complain(thrown));
  }

  #arm(strike: Strike): void {
    const { runtime, stage } = this.#options;
    const onMet = (caller: string | undefined) => {
      this.#note(strike.name);
      if (strike.kills && caller !== undefined) void runtime.killWorkers(caller);
    };
    runtime.faults.add({ ...strike.fault, callers: callersMeant(stage, strike), onMet });
  }

  async #happen(moment: Moment): Promise<void> {
    const { runtime, secret } = this.#options;
    const renewed = `${secret}_rolled`;
    if (moment.what === 'storm') {
      // Counted when it strikes, not when it gathers.
      runtime.faults.add({ ...moment.fault, onMet: () => this.#note('storm') });
      return;
    }
    if (moment.what === 'telling') return this.#tell(moment.telling);
    if (moment.what === 'Stripe fails') runtime.stripe?.faults.add(moment.fault);
    else if (moment.what === 'junk') {
      await this.#operator.litter(moment.domain);
      this.#junk += 1;
    } else if (moment.what === 'forgery') {
      await this.#forge();
    } else if (moment.what === 'restart') {
      await runtime.restart();
    } else if (moment.what === 'roll the secret') {
      await this.#operator.storeSecrets([renewed, secret]);
      this.#sender.secrets = [secret, renewed];
    } else {
      await this.#operator.storeSecrets([renewed]);
      this.#sender.secrets = [renewed];
    }
    this.#note(moment.what);
  }

  #tell({ way, strikes, type, style, seed, created, copies }: Telling): void {
    for (const strike of strikes) this.#arm(strike);
    const destination = way === 'partner' ? this.#partner.sourceOf(TOLD_LIVE ? 'live' : 'test').name : undefined;
    const emission = { type, style, seed, created, copies, destination, livemode: TOLD_LIVE, tag: TOLD };
    this.#options.runtime.stripe?.emit(emission);
  }

  async #forge(): Promise<void> {
    const { value: event } = this.#forged.next();
    if (event === undefined) return;
    this.#forgeries += 1;
    if (await this.#sender.forge(event)) this.#forgeriesRefused += 1;
  }

  /**
   * Leases are on the functions' own clock, which nothing divides: what a killed function held would be in progress
   * elsewhere for all the receives that a redrive gives, where these take a second and not an hour.
   */
  async #leasesEnd(): Promise<void> {
    this.#options.progress('leases', 0, 1);
    await setTimeout(Math.max(0, (await lastLeaseEnd(this.#options.runtime)) - Date.now()));
  }

  async #redriveAll(): Promise<void> {
    const { runtime, stage, progress } = this.#options;
    const inDlqs = () => {
      const depths = runtime.queueDepths();
      return QUEUE_OWNERS.map((owner) => ({ owner, count: depths[deadLetterQueueName(stage, owner)]?.visible ?? 0 }));
    };
    const filled = inDlqs().filter(({ count }) => count > 0);
    this.#deadLetters.parked = total(filled);
    for (const [done, { owner }] of filled.entries()) {
      progress('redrive', done, filled.length);
      await this.#redrive(owner);
    }
    const left = inDlqs().filter(({ count }) => count > 0);
    this.#deadLetters.left = total(left);
    for (const { owner } of left) this.#deadLetters.events += await this.#operator.eventsAmongDeadLetters(owner);
  }

  /**
   * As whoever is on call would, once more where events came back: two copies of one meet each other's lease, which is
   * not divided either, and on a busy machine outlasts the receives.
   */
  async #redrive(owner: QueueOwner): Promise<void> {
    const { runtime } = this.#options;
    for (let round = 1; ; round += 1) {
      this.#deadLetters.redriven += await redrive(owner, runtime.url, REDRIVE_MS).catch((thrown: unknown) =>
        this.#complain(thrown),
      );
      await this.#settle();
      if (round === REDRIVES) return;
      const back = await this.#operator.eventsAmongDeadLetters(owner);
      if (back === 0) return;
      this.#deadLetters.cameBack += back;
      await this.#leasesEnd();
    }
  }

  /** Compares what there is with what must be. */
  async judge(): Promise<Judgement> {
    const { runtime, plan, witness, stage, progress } = this.#options;
    progress('comparing', 0, 1);
    const depths = runtime.queueDepths();
    const undrained = QUEUE_OWNERS.map((owner) => depths[queueName(stage, owner)]);
    return judge(plan, {
      stage,
      sender: this.#sender,
      witness,
      stored: await readStoredState(runtime),
      struck: this.#struck,
      forgeries: this.#forgeries,
      forgeriesRefused: this.#forgeriesRefused,
      junk: this.#junk,
      told: runtime.stripe?.deliveries(TOLD),
      stripeNotMet: this.#stripeNotMet,
      deadLetters: this.#deadLetters,
      undrained: undrained.reduce(
        (sum, depth) => sum + (depth ? depth.visible + depth.inFlight + depth.delayed : 0),
        0,
      ),
      complaints: this.#complaints,
    });
  }

  async #settle(): Promise<void> {
    await this.#options.runtime.settled(SETTLE_MS).catch((thrown: unknown) => this.#complain(thrown));
  }

  #note(name: string): void {
    this.#struck.set(name, (this.#struck.get(name) ?? 0) + 1);
  }

  #complain(thrown: unknown): 0 {
    this.#complaints.push(thrown instanceof Error ? thrown.message : String(thrown));
    return 0;
  }
}

function total(counts: readonly { readonly count: number }[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}
