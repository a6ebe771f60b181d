import { signatureHeader } from '#shared/signature/sign.ts';
import type { PipelineClient } from './pipeline-client.ts';

/** How the ingress answered a wrong request, and how it should have. */
export interface Refusal {
  readonly expected: string;
  readonly code: string;
}

/** Seconds beyond what a delivery's timestamp may differ. */
const AN_HOUR = 3_600;

/**
 * Sends requests that must be refused: unsigned, wrongly signed, stale, from the future, garbled.
 * @returns the code of each answer, beside the one that was expected
 */
export async function sendWrongRequests(client: PipelineClient, body: string, secret: string): Promise<Refusal[]> {
  const now = Math.floor(Date.now() / 1000);
  const garbled = '{"id": "evt_';
  const wrong: readonly (readonly [expected: string, body: string, signature: string | undefined])[] = [
    ['signature_missing', body, undefined],
    ['signature_malformed', body, 'not a signature'],
    ['signature_mismatch', body, signatureHeader(body, 'whsec_of_someone_else', now)],
    ['signature_mismatch', `${body} `, signatureHeader(body, secret, now)],
    ['timestamp_outside_tolerance', body, signatureHeader(body, secret, now - AN_HOUR)],
    ['timestamp_outside_tolerance', body, signatureHeader(body, secret, now + AN_HOUR)],
    ['body_not_json', garbled, signatureHeader(garbled, secret, now)],
    ['not_a_stripe_event', '{"object":"charge"}', signatureHeader('{"object":"charge"}', secret, now)],
  ];
  const answers: Refusal[] = [];
  for (const [expected, text, signature] of wrong) {
    answers.push({ expected, code: await client.post(text, signature) });
  }
  return answers;
}
