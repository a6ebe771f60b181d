/** A destination that somebody has made at the stand-in, by either API. */
export interface LocalDestination {
  readonly id: string;
  readonly livemode: boolean;
  /** The API that made it and shows it. */
  readonly api: 'v1' | 'v2';
  readonly type: 'webhook_endpoint' | 'amazon_eventbridge';
  readonly payload: 'snapshot' | 'thin';
  /** `@self`, `@accounts`. */
  readonly eventsFrom: readonly string[];
  /** Of the snapshots it gets; fixed, as at Stripe. */
  readonly apiVersion?: string | undefined;
  /** What its deliveries are signed with; told once, in the answer that creates it. */
  readonly secret: string;
  /** Unix milliseconds. */
  readonly createdMs: number;
  /** Of an EventBridge destination. */
  readonly eventSource?: { readonly awsAccountId: string; readonly arn: string };
  readonly changeable: ChangeableParts;
}

/** What an update may change. */
export interface ChangeableParts {
  name: string;
  description: string;
  url: string;
  enabledEvents: readonly string[];
  metadata: Readonly<Record<string, string>>;
  status: 'enabled' | 'disabled';
  /** Unix milliseconds. */
  updatedMs: number;
}

/** Whether it takes a type: `*` stands for all but those that require selection. */
export function takesType({ changeable }: LocalDestination, type: string, requiresSelection: boolean): boolean {
  const { enabledEvents } = changeable;
  return enabledEvents.includes(type) || (enabledEvents.includes('*') && !requiresSelection);
}
