/**
 * A name for an event type or an object's kind in files, URLs and references, where its brackets are not allowed:
 * `v2.core.account[identity].updated` is `v2.core.account-identity.updated`.
 */
export function contractName(type: string): string {
  return type.replaceAll('[', '-').replaceAll(']', '');
}
