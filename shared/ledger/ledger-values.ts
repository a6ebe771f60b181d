import type { EventFacts, Failure } from './ledger.ts';
import type { LedgerValue } from './ledger-table.ts';

/** Attributes as they are written. */
export type Values = Record<string, LedgerValue>;

/** Attributes by which the `failures` index and operators find what failed; shared with the failure log. */
export function failureValues(failure: Failure, now: number): Values {
  return {
    failedDomain: { S: failure.domain },
    failedAt: { S: new Date(now).toISOString() },
    errorCode: { S: failure.code },
    errorMessage: { S: failure.message },
    type: { S: failure.type },
    ...(failure.account === undefined ? {} : { account: { S: failure.account } }),
  };
}

/** What a row keeps of its event, under the placeholders of expressions. */
export function factValues(facts: EventFacts): Values {
  return {
    ':type': { S: facts.type },
    ':livemode': { BOOL: facts.livemode },
    ':created': { N: String(facts.created) },
    ':payload': { S: facts.payload },
    ':destination': { S: facts.destination },
    ':via': { S: facts.via },
    ...(facts.account === undefined ? {} : { ':account': { S: facts.account } }),
    ...(facts.object === undefined ? {} : { ':object': { S: facts.object } }),
  };
}

/** Attributes under the placeholders by which expressions refer to their values. */
export function prefixed(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value]));
}
