/** The ARN that a resource's policy hangs on: a bucket's for its objects, a table's for its indexes. */
export function policiedArn(resource: string): string {
  const service = resource.split(':')[2];
  if (service === 's3') return resource.split('/', 1)[0] ?? resource;
  if (service === 'dynamodb') return resource.split('/', 2).join('/');
  return resource;
}
