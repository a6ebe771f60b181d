import type { OperatorClients } from '#functions/adapters/operator/operator-clients.ts';

/** The pipeline that a command works on. */
export interface Target {
  readonly stage: string;
  readonly isLocal: boolean;
  /** For a person: `stage prod (account 123456789012, eu-west-1)`. */
  readonly label: string;
  /** By which another command works on it too: `--stage prod`. */
  readonly option: string;
  readonly clients: OperatorClients;
  /** @throws {OperatorFault} the stacks have no such output */
  output(name: string): string;
}
