/** A subscription that would not work, or not as its author thinks. Its message lists all that is wrong, one line each. */
export class InvalidSubscription extends Error {
  override readonly name = 'InvalidSubscription';
  readonly problems: readonly string[];

  /** @param path of the construct */
  constructor(path: string, problems: readonly string[]) {
    super(`The subscription ${path} cannot be deployed:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}
