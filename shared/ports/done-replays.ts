/** A replay of the archive that has come to its end. */
export interface DoneReplay {
  /** Names of the rules that got the events again; undefined: all of the bus. */
  readonly rules: readonly string[] | undefined;
  /** Publishing times of the events that were replayed, Unix milliseconds, the end not included. */
  readonly from: number;
  readonly to: number;
}

export interface DoneReplays {
  /**
   * Those that replayed events published after this moment.
   * @throws {ReplaysUnavailable}
   */
  since(moment: Date, signal: AbortSignal): Promise<readonly DoneReplay[]>;
}
