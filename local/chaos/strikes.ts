import { HANDLER_NAMES } from '#shared/catalogue/domains.ts';
import { handlerName, ingressName, partnerIngressName, resolverName } from '#shared/naming/resource-names.ts';
import type { Fault } from '../faults/fault.ts';
import type { Way } from './ways.ts';

/** What a strike may be aimed at. */
export interface Target {
  readonly event: string;
  /** Id of the event's object, where it has one. */
  readonly object: string | undefined;
  /** How Stripe sends it. */
  readonly ways: readonly Way[];
}

/** Whose calls a strike is aimed at. */
export type Victim = 'ingress' | 'partner ingress' | 'either ingress' | 'resolver' | 'handler';

/** One thing that is made to go wrong while one event is on its way. */
export interface Strike {
  readonly name: string;
  readonly fault: Omit<Fault, 'onMet' | 'callers'>;
  /** Whose call has to meet the fault; anybody's where it is left out. */
  readonly victim?: Victim | undefined;
  /** Whether the function whose call meets the fault is killed in the middle of it. */
  readonly kills?: true;
}

type Blow = Omit<Fault, 'onMet' | 'match' | 'callers'>;

const THROTTLED = 'ProvisionedThroughputExceededException';
const claim: Pick<Blow, 'service' | 'operation'> = { service: 'dynamodb', operation: 'UpdateItem' };
/** Whoever takes an event in writes its row twice: it claims, and then completes. */
const complete = { ...claim, skip: 1 };
const putPartnerEvents: Pick<Blow, 'service' | 'operation'> = { service: 'events', operation: 'PutPartnerEvents' };
const putEvents: Pick<Blow, 'service' | 'operation'> = { service: 'events', operation: 'PutEvents' };
const delivery: Pick<Blow, 'service' | 'operation'> = { service: 'sqs', operation: 'SendMessage' };
const removal: Pick<Blow, 'service' | 'operation'> = { service: 'sqs', operation: 'DeleteMessageBatch' };
const readRow: Pick<Blow, 'service' | 'operation'> = { service: 'dynamodb', operation: 'GetItem' };
const writeRow: Pick<Blow, 'service' | 'operation'> = { service: 'dynamodb', operation: 'PutItem' };

/** By the event's id: its way in, onto the bus, to its queue, and out of it. */
const ON_EVENT: Readonly<Record<string, Blow>> = {
  'claim throttled': { ...claim, times: 2, error: THROTTLED },
  'claim fails': { ...claim, times: 3, error: 'InternalServerError' },
  'claim hangs': { ...claim, error: 'hang' },
  'answer to the claim lost': { ...claim, error: 'drop-answer' },
  'bus throttled': { ...putEvents, times: 4, error: 'ThrottlingException' },
  'bus fails': { ...putEvents, times: 3, error: 'InternalException' },
  'bus hangs': { ...putEvents, error: 'hang' },
  'answer of the bus lost': { ...putEvents, error: 'drop-answer' },
  'every answer of the bus lost': { ...putEvents, times: 3, error: 'drop-answer' },
  'completion throttled': { ...complete, times: 2, error: THROTTLED },
  'completion hangs': { ...complete, times: 5, error: 'hang' },
  'answer to the completion lost': { ...complete, error: 'drop-answer' },
  'delivery throttled': { ...delivery, times: 3, error: 'ThrottlingException' },
  'delivery forbidden': { ...delivery, error: 'AccessDenied' },
  'removal from the queue fails': { ...removal, error: 'ServiceUnavailable' },
  'answer to the removal lost': { ...removal, error: 'drop-answer' },
};

/** By the event's id, at EventBridge's door: Stripe puts it there again. */
const ON_PARTNER_BUS: Readonly<Record<string, Blow>> = {
  'partner bus throttled': { ...putPartnerEvents, times: 2, error: 'ThrottlingException' },
  'answer of the partner bus lost': { ...putPartnerEvents, error: 'drop-answer' },
};

/** By the object's id: its row. */
const ON_OBJECT: Readonly<Record<string, Blow>> = {
  'row throttled': { ...readRow, times: 4, error: THROTTLED },
  'row hangs': { ...readRow, error: 'hang' },
  'row cannot be written': { ...writeRow, times: 3, error: 'InternalServerError' },
  'answer to the row lost': { ...writeRow, error: 'drop-answer' },
};

/** By the event's id, at the function that takes it in. */
const INGRESS_KILLS: Readonly<Record<string, Blow>> = {
  'killed while it claims': { ...claim, error: 'hang' },
  'killed when it has claimed': { ...claim, error: 'drop-answer' },
  'killed while it publishes': { ...putEvents, error: 'hang' },
  'killed when it has published': { ...putEvents, error: 'drop-answer' },
  'killed when it has completed': { ...complete, error: 'drop-answer' },
};

/** By a notification's id, at the resolver: it claims, publishes what it has made of it, and completes. */
const ON_RESOLVING: Readonly<Record<string, Blow>> = {
  'resolver’s claim throttled': { ...claim, times: 2, error: THROTTLED },
  'resolver’s claim lost': { ...claim, error: 'drop-answer' },
  'resolved event not published': { ...putEvents, times: 3, error: 'InternalException' },
  'answer to the resolved event lost': { ...putEvents, times: 3, error: 'drop-answer' },
  'resolver’s completion lost': { ...complete, times: 3, error: 'drop-answer' },
};

const RESOLVER_KILLS: Readonly<Record<string, Blow>> = {
  'resolver killed when it has claimed': { ...claim, error: 'drop-answer' },
  'resolver killed while it publishes': { ...putEvents, error: 'hang' },
  'resolver killed when it has published': { ...putEvents, error: 'drop-answer' },
};

const HANDLER_KILLS: Readonly<Record<string, Blow>> = {
  'handler killed while it reads a row': { ...readRow, error: 'hang' },
  'handler killed when it has written a row': { ...writeRow, error: 'drop-answer' },
};

/** Everything that can happen to an event, without a function being killed. */
export function strikesOn({ event, object, ways }: Target): readonly Strike[] {
  const atTheDoor = ways.includes('partner') ? aimed(ON_PARTNER_BUS, event) : [];
  return [...aimed(ON_EVENT, event), ...atTheDoor, ...aimed(ON_OBJECT, object)];
}

/** The calls in which a function can be killed that an event keeps busy. */
export function killsOn({ event, object, ways }: Target): readonly Strike[] {
  const ingress = ways.length > 1 ? 'either ingress' : ways.includes('partner') ? 'partner ingress' : 'ingress';
  const named = aimed(INGRESS_KILLS, event, ingress).map((strike) => ({
    ...strike,
    name: `${ingress} ${strike.name}`,
  }));
  return deadly([...named, ...aimed(HANDLER_KILLS, object, 'handler')]);
}

/** Everything that can happen while a notification is resolved. */
export function strikesOnResolving(notification: string): readonly Strike[] {
  const kills = deadly(aimed(RESOLVER_KILLS, notification, 'resolver'));
  return [...aimed(ON_RESOLVING, notification, 'resolver'), ...kills];
}

/** Names of the functions whose calls a strike is aimed at; `undefined`: anybody's. */
export function callersMeant(stage: string, { victim }: Pick<Strike, 'victim'>): readonly string[] | undefined {
  if (victim === undefined) return undefined;
  if (victim === 'handler') return HANDLER_NAMES.map((name) => handlerName(stage, name));
  if (victim === 'resolver') return [resolverName(stage)];
  return [
    ...(victim === 'partner ingress' ? [] : [ingressName(stage)]),
    ...(victim === 'ingress' ? [] : [partnerIngressName(stage)]),
  ];
}

/** What keeps every event of an object from being handled for as long as it lasts. */
export function poison(object: string): Fault {
  return { ...readRow, match: object, times: 'always', error: 'AccessDeniedException' };
}

function deadly(strikes: readonly Strike[]): readonly Strike[] {
  return strikes.map((strike) => ({ ...strike, kills: true }));
}

function aimed(
  blows: Readonly<Record<string, Blow>>,
  match: string | undefined,
  victim?: Victim | undefined,
): readonly Strike[] {
  if (match === undefined) return [];
  return Object.entries(blows).map(([name, blow]) => ({ name, fault: { ...blow, match }, ...(victim && { victim }) }));
}
