/** A stage's configuration that cannot be deployed. Its message lists all that is wrong, one line each. */
export class InvalidConfig extends Error {
  override readonly name = 'InvalidConfig';
  readonly problems: readonly string[];

  constructor(stage: string, problems: readonly string[]) {
    super(`infra/config.ts, stage "${stage}":\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}
