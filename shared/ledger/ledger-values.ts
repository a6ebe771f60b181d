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

/** What a row keeps of its event. */
export function factValues(facts: EventFacts): Values {
  return {
    type: { S: facts.type },
    livemode: { BOOL: facts.livemode },
    created: { N: String(facts.created) },
    payload: { S: facts.payload },
    destination: { S: facts.destination },
    via: { S: facts.via },
    ...(facts.account === undefined ? {} : { account: { S: facts.account } }),
    ...(facts.object === undefined ? {} : { object: { S: facts.object } }),
  };
}

/** The values under the names by which expressions refer to them. */
export function prefixed(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value]));
}

/** Expressions differ in which facts and failures they name, and in nothing of an event: there are a few in all. */
const knownNames = new Map<string, Record<string, string>>();

/** `#name` stands for the attribute `name` throughout, since several of them are DynamoDB's reserved words. */
export function namesIn(expression: string): Record<string, string> {
  const known = knownNames.get(expression);
  if (known !== undefined) return known;
  const found = Object.fromEntries(
    Array.from(expression.matchAll(/#(\w+)/g), ([placeholder, name = '']) => [placeholder, name]),
  );
  knownNames.set(expression, found);
  return found;
}
