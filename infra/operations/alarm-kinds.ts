/** `page`: someone must look now, whatever the hour. `ticket`: someone must look this working day. */
export type Severity = 'page' | 'ticket';

/** What the deployed SSM Automation documents are named after. */
export type AutomationId = 'RedriveDlq' | 'ReplayArchive' | 'PauseDomain' | 'ResumeDomain';

export interface AlarmKind {
  readonly severity: Severity;
  /** Name behind the stage's; `{}` stands for what the alarm is about. */
  readonly name: string;
  /** What has happened, for a person who has never seen this system. */
  readonly means: string;
  /** The first thing to do. */
  readonly act: string;
  /** The SSM automation that helps, for who has the console and not the CLI. */
  readonly automation?: AutomationId;
}

/** Every kind of alarm there is. A kind's key is the name of its page in `docs/runbooks/`. */
export const ALARM_KINDS = {
  'dead-letters': {
    severity: 'ticket',
    name: '{}-has-dead-letters',
    means: 'Messages of {} failed for good and wait in its DLQ, which keeps them for at most 14 days.',
    act: 'Find the reason with "fanout dlq show {}", mend it, then redrive.',
    automation: 'RedriveDlq',
  },
  late: {
    severity: 'page',
    name: '{}-is-late',
    means: 'The oldest message of {} has waited for longer than a working pipeline ever lets it wait.',
    act: 'See whether its handler runs, crashes, is throttled or paused.',
    automation: 'ResumeDomain',
  },
  'expire-soon': {
    severity: 'page',
    name: 'messages-expire-soon',
    means: 'A message has used up half of the time that its queue or DLQ keeps it. After the rest it is gone.',
    act: 'Find the queue in the log of the delivery check; handle, redrive or park what is in it.',
    automation: 'RedriveDlq',
  },
  'not-delivered': {
    severity: 'page',
    name: 'events-are-not-delivered',
    means: 'Two checks in a row found events on the bus that were neither handled nor parked, and wait nowhere.',
    act: 'The log of the delivery check names the domain and the replay command that brings them back.',
    automation: 'ReplayArchive',
  },
  'delivery-check-fails': {
    severity: 'ticket',
    name: 'delivery-check-fails',
    means: 'The check that looks for undelivered and expiring messages fails, so nobody would see them.',
    act: 'Read its log.',
  },
  'rules-fail': {
    severity: 'ticket',
    name: 'rules-fail-to-deliver',
    means: "A rule of the bus, ours or another team's, gave up on delivering an event to its target.",
    act: 'Find the rule by its metric FailedInvocations, and what is wrong with its target or its policy.',
    automation: 'RedriveDlq',
  },
  'rules-send-to-dlq': {
    severity: 'ticket',
    name: 'rules-send-to-dlq',
    means: "A rule of the bus, ours or another team's, put events into a DLQ instead of their queue.",
    act: 'The messages say why in their attribute ERROR_CODE: mend that, then redrive.',
    automation: 'RedriveDlq',
  },
  'rules-lose-events': {
    severity: 'page',
    name: 'rules-lose-events',
    means:
      "A rule of the bus, ours or another team's, could deliver an event neither to its target nor to its DLQ. The event is only in the archive now.",
    act: 'Mend the policies of queue and DLQ, then replay the archive.',
    automation: 'ReplayArchive',
  },
  'partner-loses-events': {
    severity: 'page',
    name: 'partner-{}-loses-events',
    means:
      "The rule on Stripe's partner bus {} could deliver an event neither to the queue nor to its DLQ. It is gone here.",
    act: 'Mend the policies of queue and DLQ, then fetch the events of that time from Stripe.',
  },
  'rules-throttled': {
    severity: 'ticket',
    name: 'rules-are-throttled',
    means: 'EventBridge holds back invocations of a rule: events arrive late and are not lost.',
    act: 'Compare invocations with the quota of the Region, and raise it.',
  },
  'bus-dead-letters': {
    severity: 'page',
    name: 'bus-has-dead-letters',
    means: 'The bus could not process events at all, so that no consumer saw them.',
    act: 'Read the ERROR_CODE of the messages in the bus DLQ.',
    automation: 'ReplayArchive',
  },
  'bus-refuses-events': {
    severity: 'ticket',
    name: 'bus-refuses-events',
    means:
      'The bus refuses an event for good. It is kept in S3 and was announced to the handler of unrecognized events.',
    act: 'Look at the event and at the reason, and report it: it is a fault of this pipeline.',
  },
  'ingress-fails': {
    severity: 'page',
    name: 'ingress-answers-5xx',
    means: 'Stripe gets errors instead of 200. It tries again for up to three days, then the events are lost.',
    act: 'The log of the ingress names the code: ledger_unavailable, publish_failed or secret_unavailable.',
  },
  'ingress-in-flight': {
    severity: 'ticket',
    name: 'destination-{}-answers-409',
    means: 'Many deliveries to {} meet the same event in flight for more than a second: publishing hangs or crashes.',
    act: 'Look at the duration and the errors of the ingress.',
  },
  'signatures-refused': {
    severity: 'page',
    name: 'destination-{}-refuses-signatures',
    means: 'For a quarter of an hour signatures at {} have not matched: its signing secret is wrong or was rolled.',
    act: 'Compare the stored secret with the endpoint in Stripe.',
  },
  'ingress-slow': {
    severity: 'ticket',
    name: 'ingress-is-slow',
    means: 'One request in a hundred takes more than half of the time the ingress has before it gives up.',
    act: 'Look at the latency of DynamoDB and EventBridge, and at cold starts.',
  },
  'ingress-throttled': {
    severity: 'page',
    name: 'ingress-is-throttled',
    means: 'Lambda turns requests of the ingress away: the account has no concurrency left.',
    act: 'Find who uses it up, and raise the limit.',
    automation: 'PauseDomain',
  },
  'authorizer-falls-back': {
    severity: 'page',
    name: 'authorizer-falls-back',
    means: 'Uses of cards are answered with the configured fallback: the policy throws, is late, or answers nonsense.',
    act: 'The log of the authorizer names the code and the reason of each.',
  },
  'authorizer-fails': {
    severity: 'page',
    name: 'authorizer-fails',
    means: "Uses of cards get no answer, so that the account's time-out setting decides about them.",
    act: 'See whether the authorizer crashes, is throttled, or cannot read its signing secret.',
  },
  'authorizer-slow': {
    severity: 'ticket',
    name: 'authorizer-is-slow',
    means: 'One use of a card in a hundred is answered after more than half of the two seconds that Stripe waits.',
    act: 'See whether the policy, the copy to the bus or cold starts take the time.',
  },
  'authorizations-not-copied': {
    severity: 'ticket',
    name: 'authorizations-are-not-copied',
    means: 'A use of a card was answered, and there was no time or no way to put the request on the bus.',
    act: 'The log of the authorizer names each; issuing_authorization.created brings the outcome by itself.',
  },
  'cannot-decide': {
    severity: 'ticket',
    name: 'authorization-at-a-wrong-endpoint',
    means: 'A request that waits for a decision came to an ordinary endpoint, which published it and decided nothing.',
    act: 'Give Issuing the URL of the lane that decides, and take the type out of the other endpoints.',
  },
  'handlers-fail': {
    severity: 'ticket',
    name: 'handlers-fail',
    means: 'Handlers fail at a rate that is no single bad message. Each failure is tried again, then goes to a DLQ.',
    act: 'Find the domain and the code in the dashboard and in the log.',
    automation: 'PauseDomain',
  },
  'resolver-parks': {
    severity: 'ticket',
    name: 'resolver-parks-notifications',
    means: 'Thin events are put aside unresolved: no API key for their mode, or one without the permission.',
    act: 'The reason is in the log of the resolver; mend the key, then redrive "thin".',
    automation: 'RedriveDlq',
  },
  'resolver-rate-limited': {
    severity: 'ticket',
    name: 'resolver-is-rate-limited',
    means: "Stripe answers the resolver 429: it shares the account's limit with everything else that calls Stripe.",
    act: 'Find who else calls, or lower the rate of the resolver.',
  },
  'resolver-breaker-open': {
    severity: 'page',
    name: 'resolver-finds-nothing',
    means: 'Stripe answers 404 to most of what the resolver asks: its key belongs to another account. It has stopped.',
    act: 'Check the API key.',
  },
  'unrecognized-type': {
    severity: 'ticket',
    name: 'unrecognized-type-seen',
    means: 'An event of a type that no rule covers came in for the first time. It was kept, and nothing reacted.',
    act: 'Give the type a row in the routing table, or stop Stripe from sending it.',
    automation: 'ReplayArchive',
  },
  'destination-off': {
    severity: 'page',
    name: 'stripe-destination-is-off',
    means:
      'A destination at Stripe is disabled, deleted or posts elsewhere. Stripe sends nothing later of what arises meanwhile.',
    act: 'Run "fanout destinations plan", then apply. The reconciler fetches what was missed within the hour.',
  },
  'destination-changed': {
    severity: 'ticket',
    name: 'stripe-destination-is-not-as-configured',
    means:
      'For an hour a destination at Stripe has lacked event types, or had another API version, than infra/config.ts says.',
    act: 'Run "fanout destinations plan": it names the difference and the command.',
  },
  'deliveries-pending': {
    severity: 'ticket',
    name: 'stripe-cannot-deliver',
    means:
      'For an hour Stripe has had events older than an hour that it could not deliver and that are not on the bus.',
    act: 'See what its deliveries are answered, mend that, and Stripe sends them by itself.',
  },
  'destination-check-fails': {
    severity: 'ticket',
    name: 'destination-check-fails',
    means: "The check of Stripe's destinations fails, so nobody would see that one is switched off.",
    act: 'Read its log: most likely the API key lacks a permission.',
  },
  'gap-found': {
    severity: 'ticket',
    name: 'events-were-missing',
    means: 'Stripe has events that should have come and had not. The reconciler has published them now, late.',
    act: 'Find in its log which they were, and why their deliveries failed; what lost them may go on.',
  },
  'reconciler-fails': {
    severity: 'ticket',
    name: 'reconciler-fails',
    means: "For three hours not all of Stripe's lists could be compared with the ledger, so a loss would not be seen.",
    act: 'Read its log: most likely the API key lacks a permission.',
  },
  silent: {
    severity: 'page',
    name: 'destination-{}-is-silent',
    means: 'Nothing was accepted at {} for as long as infra/config.ts allows.',
    act: 'See in Stripe whether the endpoint is disabled, and what its last deliveries were answered.',
  },
} as const satisfies Readonly<Record<string, AlarmKind>>;

export type AlarmKindName = keyof typeof ALARM_KINDS;

/** All of them, in the order of the pipeline's index of runbooks. */
export const ALARM_KIND_NAMES = Object.keys(ALARM_KINDS) as readonly AlarmKindName[];
