/** What a judge said: `skipped` names what is missing on this machine, `failed` why a judge that is there said nothing. */
export interface Verdict {
  readonly outcome: 'agreed' | 'disagreed' | 'failed' | 'skipped';
  /** One line with the figures, or the reason. */
  readonly summary: string;
}

/** One official or independent engine, asked about what our code does. */
export interface Suite {
  /** How it is chosen with `--only`. */
  readonly name: string;
  /** The engine and its version, and what it judges. */
  readonly judge: string;
  run(): Promise<Verdict>;
}
