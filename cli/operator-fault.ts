/** A command could not do what it was asked for: the entry prints the message and exits with 1. */
export class OperatorFault extends Error {
  override readonly name = 'OperatorFault';
  /** For `--json`. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
