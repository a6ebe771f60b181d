/** One thing that a drill tells: for a person, and for `--json`. */
export interface Said {
  readonly event: 'begun' | 'alarm' | 'page' | 'status' | 'logs' | 'stripe' | 'hint' | 'deployed' | 'help' | 'ended';
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
}
