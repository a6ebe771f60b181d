/** Remembers how to end what was started, and ends it in reverse order. */
export class Undo {
  readonly #steps: (() => unknown)[] = [];
  #ending: Promise<void> | undefined;

  add(step: () => unknown): void {
    this.#steps.push(step);
  }

  /** Ends all, once: every call waits for the same ending. A step that fails does not keep the others from ending. */
  async all(): Promise<void> {
    this.#ending ??= this.#end();
    await this.#ending;
  }

  async #end(): Promise<void> {
    for (const step of this.#steps.splice(0).reverse()) {
      try {
        await step();
      } catch {
        // What cannot be ended in order ends with the process.
      }
    }
  }
}
