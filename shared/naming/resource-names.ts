import { type DomainOrUnrecognized, HANDLER_NAMES } from '../catalogue/domains.ts';
import type { RouteId } from '../catalogue/routes.ts';

/**
 * What a queue is named after: a domain, the events no prefix covers, the notifications that wait for the resolver, the
 * objects whose present state it is asked for, or the events that Stripe put on its partner event buses.
 */
export type QueueOwner = DomainOrUnrecognized | 'thin' | 'refresh' | 'partner';

/** All that has a queue and a DLQ: stacks, alarms, dashboard, automations and commands go by this list. */
export const QUEUE_OWNERS: readonly QueueOwner[] = [...HANDLER_NAMES, 'thin', 'refresh', 'partner'];

/** What a rule is named after: a row of the routing table, or one of the two rules beside it. */
export type RuleId = RouteId | 'Thin' | 'Unrecognized';

/** The deployment that is meant where nobody says otherwise. */
export const DEFAULT_STAGE = 'dev';

/**
 * Stages end up in names of every kind of resource; the bucket's is the tightest. It holds an account id and a region
 * as well and may have 63 characters: 14 + stage + 10 + 12 + 1 + 14 (`ap-southeast-2`).
 */
const STAGE_GRAMMAR = /^[a-z][a-z0-9-]{0,10}[a-z0-9]$|^[a-z]$/;

/** Whether a text can be a stage: 1 to 12 lower-case letters, digits and inner dashes, a letter first. */
export function isStage(text: string): boolean {
  return STAGE_GRAMMAR.test(text);
}

/** Name that bears the stage alone: the bus's and the archive's, and the start of all others. */
export function stageName(stage: string): string {
  return `stripe-fanout-${stage}`;
}

export function busName(stage: string): string {
  return stageName(stage);
}

export function archiveName(stage: string): string {
  return stageName(stage);
}

/** EventBridge's schema registry. */
export function schemaRegistryName(stage: string): string {
  return stageName(stage);
}

export function ledgerTableName(stage: string): string {
  return `${stageName(stage)}-ledger`;
}

export function objectsTableName(stage: string): string {
  return `${stageName(stage)}-objects`;
}

/** @param account and `region` may be tokens of the template, so that one template fits every account */
export function payloadBucketName(stage: string, account: string, region: string): string {
  return `${stageName(stage)}-payloads-${account}-${region}`;
}

export function signingSecretName(stage: string): string {
  return `stripe-fanout/${stage}/signing-secrets`;
}

/** Apart from the signing secrets: who may read one must not read the other. */
export function apiKeySecretName(stage: string): string {
  return `stripe-fanout/${stage}/api-keys`;
}

/** Domain names keep their underscores, so that a queue's name can be searched for by the domain's. */
export function queueName(stage: string, owner: QueueOwner): string {
  return `${stageName(stage)}-${owner}`;
}

export function deadLetterQueueName(stage: string, owner: QueueOwner): string {
  return `${queueName(stage, owner)}-dlq`;
}

/** Where the bus itself puts what it could not encrypt or keep. */
export function busDeadLetterQueueName(stage: string): string {
  return `${stageName(stage)}-bus-dlq`;
}

export function ruleName(stage: string, id: RuleId): string {
  return `${stageName(stage)}-${id}`;
}

/** What both accounts call the parts of a direct subscription: the rule and, in the subscriber's account, its queue. */
export function directSubscriberName(stage: string, subscriber: string): string {
  return `${stageName(stage)}-to-${subscriber}`;
}

/** What the rule of a direct subscription delivers as. Names of roles are one for all Regions. */
export function directSubscriberRoleName(stage: string, subscriber: string, region: string): string {
  return `${directSubscriberName(stage, subscriber)}-${region}`;
}

export function ingressName(stage: string): string {
  return `${stageName(stage)}-ingress`;
}

/** The function that decides about uses of cards while Stripe waits. */
export function authorizerName(stage: string): string {
  return `${stageName(stage)}-authorizer`;
}

export function partnerIngressName(stage: string): string {
  return `${stageName(stage)}-partner-ingress`;
}

/** The one rule on each of Stripe's partner event buses. */
export function partnerRuleName(stage: string): string {
  return `${stageName(stage)}-Partner`;
}

export function handlerName(stage: string, domain: DomainOrUnrecognized): string {
  return `${stageName(stage)}-handler-${domain}`;
}

/** The function that fetches what a thin notification only announces. */
export function resolverName(stage: string): string {
  return `${stageName(stage)}-resolver`;
}

/** The function that compares what was published with what arrived. */
export function deliveryCheckName(stage: string): string {
  return `${stageName(stage)}-delivery-check`;
}

/** The function that compares Stripe's destinations with the configuration. */
export function destinationCheckName(stage: string): string {
  return `${stageName(stage)}-destination-check`;
}

/** The function that compares Stripe's own lists of events with the ledger. */
export function reconcilerName(stage: string): string {
  return `${stageName(stage)}-reconciler`;
}

/** @param says a few words as a person reads them when the telephone rings: `billing-has-dead-letters` */
export function alarmName(stage: string, says: string): string {
  return `${stageName(stage)}-${says}`;
}

/** Where alarms of a severity are announced. */
export function topicName(stage: string, severity: 'page' | 'ticket'): string {
  return `${stageName(stage)}-${severity}`;
}

/** An SSM Automation document: `RedriveDlq` → `stripe-fanout-prod-RedriveDlq`. */
export function automationName(stage: string, automation: string): string {
  return `${stageName(stage)}-${automation}`;
}
