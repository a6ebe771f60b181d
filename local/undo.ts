/** Remembers how to end what was started, and ends it in reverse order. */
export class Undo {
  readonly #steps: (() => unknown)[] = [];

  add(step: () => unknown): void {
    this.#steps.push(step);
  }

  /** Ends all; one step that fails does not keep the others from ending. The second call does nothing. */
  async all(): Promise<void> {
    for (const step of this.#steps.splice(0).reverse()) {
      try {
        await step();
      } catch {
        // What cannot be ended in order ends with the process.
      }
    }
  }
}
