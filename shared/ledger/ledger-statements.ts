import type { LedgerUpdate } from './ledger-table.ts';
import type { Values } from './ledger-values.ts';

/** What an UpdateItem says whatever the values: its expressions, and the names they use. */
export type Statement = Pick<LedgerUpdate, 'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames'>;

export const COMPLETE = statement(
  'SET #status = :done, doneAt = :doneAt REMOVE leaseUntil, errorCode, errorMessage, failedDomain, failedAt',
  '#owner = :owner',
);

/** Claims differ in which facts of the event they write, and in nothing else of it: there are a few in all. */
const claims = new Map<string, Statement>();

/** @param facts by their placeholders, which are the names of their attributes */
export function claiming(facts: Values): Statement {
  const set = assignments(facts);
  const known = claims.get(set);
  if (known !== undefined) return known;
  const made = statement(
    `SET #status = :claimed, #owner = :owner, leaseUntil = :until, claimedAt = :claimedAt, attempts = if_not_exists(attempts, :zero) + :one, expiresAt = :expiry${set} REMOVE doneAt`,
    // Our own claim once more, after a lost answer, holds; but a first try that arrives when the work has been done
    // since must not open the row again.
    'attribute_not_exists(stage) OR (#status = :claimed AND (leaseUntil <= :now OR #owner = :owner)) OR expiresAt <= :nowSeconds',
  );
  claims.set(set, made);
  return made;
}

/** @param failure by its placeholders, which are the names of its attributes */
export function releasing(failure: Values): Statement {
  return statement(`SET leaseUntil = :over${assignments(failure)}`, '#owner = :owner AND #status = :claimed');
}

/** `:type` is written to `#type`, and so on, each after a comma. */
function assignments(values: Values): string {
  let set = '';
  for (const placeholder of Object.keys(values)) set += `, #${placeholder.slice(1)} = ${placeholder}`;
  return set;
}

/** `#name` stands for the attribute `name` throughout, since several of them are DynamoDB's reserved words. */
function statement(update: string, condition: string): Statement {
  const names = Array.from(`${update} ${condition}`.matchAll(/#(\w+)/g), ([placeholder, name = '']) => [
    placeholder,
    name,
  ]);
  return {
    UpdateExpression: update,
    ConditionExpression: condition,
    ExpressionAttributeNames: Object.fromEntries(names),
  };
}
