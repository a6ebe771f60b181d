/** Who signed a request, and for which service. Signatures themselves are not checked. */
export interface CredentialScope {
  readonly accessKey: string;
  readonly service: string;
}

/**
 * Reads the scope from the `Authorization` header, or from the query of a presigned URL.
 * @returns `undefined` when the request is not signed with Signature Version 4
 */
export function credentialScope(authorization: string | undefined, path: string): CredentialScope | undefined {
  const presigned = new URL(path, 'http://localhost').searchParams.get('X-Amz-Credential');
  const credential = presigned ?? /Credential=([^,\s]+)/.exec(authorization ?? '')?.[1];
  const [accessKey, _date, _region, service] = credential?.split('/') ?? [];
  return accessKey && service ? { accessKey, service } : undefined;
}
