/** The command line cannot be meant as it stands: the entry prints the message and the usage, and exits with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
