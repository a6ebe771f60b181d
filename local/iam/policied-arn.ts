/** The ARN that a resource's policy hangs on: a bucket's for its objects, a table's for its indexes, a bus's for its rules. */
export function policiedArn(resource: string): string {
  const service = resource.split(':')[2];
  if (service === 's3') return resource.split('/', 1)[0] ?? resource;
  if (service === 'dynamodb') return resource.split('/', 2).join('/');
  // A bus of a partner has slashes in its name; the last part is the rule's.
  return resource.replace(/:rule\/(.+)\/[^/]+$/, ':event-bus/$1').replace(/:rule\/[^/]+$/, ':event-bus/default');
}
