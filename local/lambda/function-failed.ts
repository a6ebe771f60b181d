/** An invocation that ended in an error, as Lambda reports it to whoever invoked the function. */
export class FunctionFailed extends Error {
  override readonly name = 'FunctionFailed';
  /** The name of the function's own error, or Lambda's for a timeout or a crash. */
  readonly errorType: string;

  constructor(errorType: string, message: string) {
    super(message);
    this.errorType = errorType;
  }
}
