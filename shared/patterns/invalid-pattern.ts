/** EventBridge would refuse this pattern. */
export class InvalidPattern extends Error {
  override readonly name = 'InvalidPattern';
  /** What is wrong there, and what was expected. */
  readonly reason: string;
  /** Where in the pattern: a JSON path such as `$.detail.type[0].prefix`. */
  readonly path: string;

  constructor(reason: string, path: string) {
    super(`Invalid event pattern at ${path}: ${reason}`);
    this.reason = reason;
    this.path = path;
  }
}
