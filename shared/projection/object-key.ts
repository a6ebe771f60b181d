import { isRecord } from '../event/stripe-event.ts';

/** Primary key of a row of the objects table. */
export interface ObjectKey {
  /** The Stripe object's id, or a name of ours for what has none or shares its id: `balance`, `plan:price_…`. */
  readonly object: string;
  /** Mode, and the connected account where there is one: `live`, `test#acct_…`. */
  readonly scope: string;
}

/** How the key of an object without an id is made: its name, then the first text found along each list of paths. */
interface OwnerRule {
  readonly name: string;
  readonly owners: readonly (readonly string[])[];
}

const CUSTOMER = ['customer', 'customer_account'];

/** Objects that have no id: there is one for each account, or one for each owner. */
const WITHOUT_ID: Readonly<Record<string, OwnerRule>> = {
  balance: { name: 'balance', owners: [] },
  balance_settings: { name: 'balance_settings', owners: [] },
  'tax.settings': { name: 'tax.settings', owners: [] },
  cash_balance: { name: 'cash_balance', owners: [CUSTOMER] },
  // API versions before 2020-08-27 gave discounts no id.
  discount: { name: 'discount', owners: [['subscription', ...CUSTOMER]] },
  'entitlements.active_entitlement_summary': { name: 'active_entitlement_summary', owners: [CUSTOMER] },
  'billing.alert_triggered': { name: 'billing.alert_triggered', owners: [['alert.id'], CUSTOMER] },
};

/** A preview: without an id, or with one that is made anew for each event. */
const UPCOMING_INVOICE: OwnerRule = {
  name: 'upcoming_invoice',
  owners: [['subscription', 'parent.subscription_details.subscription', ...CUSTOMER]],
};

/**
 * Kinds whose ids the user may choose, so that two kinds can share one, and how ids begin that Stripe itself made.
 * A plan has its price's id. Stripe's own need no more than themselves as a key; all others get the kind before them.
 */
const STRIPE_MADE: Readonly<Record<string, string | undefined>> = {
  product: 'prod_',
  price: 'price_',
  plan: 'plan_',
  coupon: undefined,
  // One of a fixed list of words, the same in every account.
  capability: undefined,
};

/** Far above any id Stripe has made; DynamoDB takes keys of 2,048 and 1,024 bytes. */
const MAX_KEY_BYTES = 1_024;

/**
 * The key under which the latest state of an event's object is kept.
 * @returns `undefined` when the object has no id and no rule says how to do without
 */
export function objectKey(event: {
  readonly type: string;
  readonly livemode: boolean;
  readonly account?: string;
  readonly data: { readonly object: Readonly<Record<string, unknown>> };
}): ObjectKey | undefined {
  const scope = objectScope(event);
  const object = nameOf(event.type, event.data.object);
  if (object === undefined || object === '') return undefined;
  return [object, scope].some((part) => byteLength(part) > MAX_KEY_BYTES) ? undefined : { object, scope };
}

/** Sort key of everything kept of an event's account and mode. */
export function objectScope({ livemode, account }: { readonly livemode: boolean; readonly account?: string }): string {
  const mode = livemode ? 'live' : 'test';
  return account === undefined ? mode : `${mode}#${account}`;
}

/** Names before a colon that {@link objectKey} gives: no team's row may stand under them. */
const RESERVED: ReadonlySet<string> = new Set([
  ...Object.values(WITHOUT_ID).map(({ name }) => name),
  UPCOMING_INVOICE.name,
  ...Object.keys(STRIPE_MADE),
]);

/**
 * Whether a key belongs to a team: a kind of its own, a colon, and something after it. A key without a colon is a
 * Stripe id, or may become one, and a row under it would overwrite what is known of that object.
 */
export function isTeamKey(object: string): boolean {
  const colon = object.indexOf(':');
  const isNamed = colon > 0 && colon < object.length - 1 && byteLength(object) <= MAX_KEY_BYTES;
  return isNamed && !RESERVED.has(object.slice(0, colon));
}

/** Whether an object of this key, once deleted, stays deleted: its key is an id that Stripe made and gives out once. */
export function isIdGivenOnce({ object }: ObjectKey): boolean {
  return !object.includes(':') && !Object.hasOwn(WITHOUT_ID, object);
}

function nameOf(type: string, object: Readonly<Record<string, unknown>>): string | undefined {
  const kind = typeof object.object === 'string' ? object.object : '';
  if (type === 'invoice.upcoming') return ownedName(UPCOMING_INVOICE, object);
  if (typeof object.id === 'string') {
    if (!Object.hasOwn(STRIPE_MADE, kind)) return object.id;
    const start = STRIPE_MADE[kind];
    return start !== undefined && object.id.startsWith(start) ? object.id : `${kind}:${object.id}`;
  }
  const rule = Object.hasOwn(WITHOUT_ID, kind) ? WITHOUT_ID[kind] : undefined;
  return rule && ownedName(rule, object);
}

function ownedName(rule: OwnerRule, object: Readonly<Record<string, unknown>>): string | undefined {
  const owners = rule.owners.map((paths) =>
    paths.map((path) => textAt(object, path)).find((text) => text !== undefined),
  );
  return owners.includes(undefined) ? undefined : [rule.name, ...owners].join(':');
}

function textAt(object: unknown, path: string): string | undefined {
  const found = path.split('.').reduce((value, name) => (isRecord(value) ? value[name] : undefined), object);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
