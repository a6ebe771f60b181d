import { randomUUID } from 'node:crypto';
import type { AwsAnswer, ServiceName } from './aws-call.ts';
import { AwsError } from './aws-error.ts';

/** Writes an error in the protocol of the service, as its clients read it. */
export function errorAnswer(service: ServiceName, thrown: unknown): AwsAnswer {
  const error = thrown instanceof AwsError ? thrown : new AwsError('InternalFailure', String(thrown));
  if (service === 's3') {
    const id = randomUUID();
    const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${error.code}</Code><Message>${escapeXml(error.message)}</Message><RequestId>${id}</RequestId></Error>`;
    return { status: error.status, headers: { 'content-type': 'application/xml', 'x-amz-request-id': id }, body };
  }
  return {
    status: error.status,
    headers: {
      'content-type': service === 'sqs' ? 'application/x-amz-json-1.0' : 'application/x-amz-json-1.1',
      'x-amzn-errortype': error.code,
      'x-amzn-requestid': randomUUID(),
    },
    body: JSON.stringify({ __type: error.code, message: error.message }),
  };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
