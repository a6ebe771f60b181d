import type { AlarmKind } from '../operations/alarm-kinds.ts';

/** Alarms of a subscription. A kind's key is the name of its page in `docs/runbooks/`; `{}` stands for the subscription. */
export const SUBSCRIPTION_ALARM_KINDS = {
  'subscription-dead-letters': {
    severity: 'ticket',
    name: '{}-has-dead-letters',
    means: 'Stripe events of the subscription {} failed for good and wait in its DLQ, which keeps them for 14 days.',
    act: 'Find out why in the log of the handler or the attributes of the messages, mend it, then redrive.',
  },
  'subscription-late': {
    severity: 'ticket',
    name: '{}-is-late',
    means: 'The oldest Stripe event of the subscription {} has waited for longer than single bad events explain.',
    act: 'See whether its handler runs, crashes, is throttled or switched off.',
  },
  'subscription-loses-events': {
    severity: 'page',
    name: '{}-loses-events',
    means: 'The rule {} could deliver a Stripe event neither to its target nor to its DLQ.',
    act: "Mend the policies of queue and DLQ, then have the pipeline's archive replayed to this rule.",
  },
} as const satisfies Readonly<Record<string, AlarmKind>>;

export type SubscriptionAlarmKind = keyof typeof SUBSCRIPTION_ALARM_KINDS;
