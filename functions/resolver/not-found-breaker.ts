import type { Clock } from '#shared/ports/clock.ts';

/** Answers of a mode that are looked at, the fewest that tell anything, and the share of 404 that is too much. */
const WINDOW = 20;
const LEAST = 10;
const TOO_MUCH = 0.8;
/** Milliseconds until one request is let through to see whether it is over. */
const OPEN_MS = 60_000;

interface ModeState {
  /** Whether each of the last answers was found. */
  readonly recent: boolean[];
  openUntil: number;
}

/**
 * Stops asking, by mode, when Stripe finds next to nothing: a key of another account or mode is answered 404 to
 * everything, and each such answer costs a request and says nothing. One instance's view; the others learn by themselves.
 */
export class NotFoundBreaker {
  readonly #clock: Clock;
  readonly #modes = new Map<boolean, ModeState>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether a request may be made; while it is open, one a minute may. */
  allows(livemode: boolean): boolean {
    const state = this.#stateOf(livemode);
    const now = this.#clock.now();
    if (state.openUntil === 0 || now >= state.openUntil) {
      // Whoever asks next waits for what this one finds out.
      if (state.openUntil !== 0) state.openUntil = now + OPEN_MS;
      return true;
    }
    return false;
  }

  /** An answer that was expected to be there. @returns whether this one opened the breaker */
  saw(livemode: boolean, found: boolean): boolean {
    const state = this.#stateOf(livemode);
    if (found && state.openUntil !== 0) {
      state.openUntil = 0;
      state.recent.length = 0;
    }
    state.recent.push(found);
    if (state.recent.length > WINDOW) state.recent.shift();
    const missing = state.recent.filter((one) => !one).length;
    const isTooMuch = state.recent.length >= LEAST && missing >= TOO_MUCH * state.recent.length;
    return isTooMuch && state.openUntil === 0 && this.open(livemode);
  }

  /** Opens it whatever was seen: something proves that the key is the wrong one. */
  open(livemode: boolean): true {
    this.#stateOf(livemode).openUntil = this.#clock.now() + OPEN_MS;
    return true;
  }

  #stateOf(livemode: boolean): ModeState {
    const state = this.#modes.get(livemode) ?? { recent: [], openUntil: 0 };
    this.#modes.set(livemode, state);
    return state;
  }
}
