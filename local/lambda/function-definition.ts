/** A function of the templates, ready to be run. */
export interface FunctionDefinition {
  readonly name: string;
  readonly arn: string;
  /** Absolute path of the file that exports the handler. */
  readonly file: string;
  /** Name of the export. */
  readonly exportName: string;
  /** Seconds, 1 to 900; counted in real time. */
  readonly timeout: number;
  /** MB; told to the function, not enforced. */
  readonly memory: number;
  readonly environment: Readonly<Record<string, string>>;
  /** ARN of the role that it works with. */
  readonly role: string;
  /** The key its clients sign with, and no other function's. */
  readonly accessKey: string;
}
