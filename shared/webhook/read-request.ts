import { DEFAULT_DESTINATION } from '../environment/destination.ts';

/** The parts of an API Gateway HTTP API event (payload format 2.0) that the ingress reads. */
export interface HttpRequest {
  readonly pathParameters?: Readonly<Record<string, string | undefined>> | undefined;
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
  readonly body?: string | undefined;
  readonly isBase64Encoded?: boolean | undefined;
  /** When the gateway got it, in Unix milliseconds. */
  readonly requestContext?: { readonly timeEpoch?: number | undefined } | undefined;
}

/** A delivery as the pipeline sees it. */
export interface Delivery {
  readonly destination: string;
  /** The raw bytes, as Stripe signed them. */
  readonly body: Buffer;
  readonly signature: string | undefined;
}

/** The header's name is compared without case: format 2.0 lower-cases names, other fronts and tests may not. */
export function readRequest(request: HttpRequest): Delivery {
  const signature = Object.entries(request.headers ?? {}).find(([name]) => name.toLowerCase() === 'stripe-signature');
  return {
    destination: request.pathParameters?.destination ?? DEFAULT_DESTINATION,
    body: Buffer.from(request.body ?? '', request.isBase64Encoded ? 'base64' : 'utf8'),
    signature: signature?.[1],
  };
}
