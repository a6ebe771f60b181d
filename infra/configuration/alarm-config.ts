import type { AlarmKindName, Severity } from '../operations/alarm-kinds.ts';

/** Who hears of it. */
export interface Recipients {
  /** Each confirms the subscription in the mail that AWS sends. */
  readonly emails?: readonly string[];
  /** HTTPS endpoints of a paging service. */
  readonly urls?: readonly string[];
  /** Slack channels; the workspace must be authorized once in Amazon Q Developer in chat applications. */
  readonly slack?: readonly { readonly workspace: string; readonly channel: string }[];
}

/** What `infra/config.ts` says about a stage's alarms. */
export interface AlarmConfig {
  /**
   * Who is woken: the alarm over all alarms of severity `page`.
   * @default nobody; the alarm's state is in CloudWatch all the same
   */
  readonly page?: Recipients;
  /**
   * Who gets a message for each single alarm, with its runbook.
   * @default nobody
   */
  readonly ticket?: Recipients;
  /**
   * Minutes after which a waiting message is late, 1 to 2880. More than the first three delays of `retrySchedule`:
   * that is how long one bad message can seem to hold up its queue.
   * @default the first three delays and five minutes: 26
   */
  readonly lateAfterMinutes?: number;
  /**
   * Failed tries of all handlers in five minutes, three times in a row, that are more than single bad messages,
   * 1 to 1000000.
   * @default 10
   */
  readonly failuresPerFiveMinutes?: number;
  /**
   * By destination, those of `partnerEventSources` among them: hours without one accepted event, 1 to 168, after which it is silent. Only for destinations that
   * are never quiet for that long.
   * @default none: a quiet account is not a fault
   */
  readonly silentAfterHours?: Readonly<Record<string, number>>;
  /** Another severity for a kind of alarm, or `off`. */
  readonly severities?: { readonly [Kind in AlarmKindName]?: Severity | 'off' };
  /**
   * Where the runbooks are read: a URL, so that a message can be followed from a telephone.
   * @default 'docs/runbooks': their place in the repository
   */
  readonly runbooks?: string;
  /**
   * ARNs of the roles or users of whom one must approve before an SSM automation moves or replays messages.
   * @default none: whoever may start it may do it
   */
  readonly approvers?: readonly string[];
}
