import { createHash } from 'node:crypto';
import { Names, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** EventBridge's longest. */
const MAX_LENGTH = 64;
const HASH_LENGTH = 8;

/**
 * A name that no other rule on the bus has: of the deployed stack's name, which an account has once, and not of its
 * construct id. EventBridge would put a second rule of the same name over the first.
 */
export function ruleNameOf(scope: Construct): string {
  const { stackName, node } = Stack.of(scope);
  // A nested stack gets its name when it is deployed.
  if (Token.isUnresolved(stackName)) return Names.uniqueResourceName(scope, { maxLength: MAX_LENGTH, separator: '-' });
  const path = scope.node.scopes.slice(node.scopes.length).map(({ node }) => node.id);
  const name = [stackName, ...path].join('-').replaceAll(/[^\w.-]+/g, '-');
  if (name.length <= MAX_LENGTH) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_LENGTH);
  return `${name.slice(0, MAX_LENGTH - HASH_LENGTH - 1)}-${hash}`;
}
