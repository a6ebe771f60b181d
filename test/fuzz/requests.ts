import fc from 'fast-check';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { DEFAULT_DESTINATION } from '#shared/environment/destination.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import { signatureHeader } from '#shared/signature/sign.ts';
import type { HttpRequest } from '#shared/webhook/read-request.ts';

/** How a request came about, so that a finding can be told apart from the thousands like it. */
export interface FuzzRequest {
  readonly request: HttpRequest;
  /** The bytes that arrive, as the gateway hands them over. */
  readonly body: Buffer;
  readonly header: string | undefined;
  readonly destination: string;
  /** Whether it was signed with a secret of the other destination. */
  readonly isSignedForOther: boolean;
}

/** Signing secrets by the name of their destination; no two destinations share one. */
export type SecretsOf = Readonly<Record<'account' | 'connect', readonly string[]>>;

/** JSON that has broken parsers, guards or prototypes somewhere. */
const CORPUS: readonly string[] = [
  '',
  '\0',
  '{}',
  '[]',
  'null',
  'true',
  '0',
  '""',
  '{"object":"event"}',
  '{"__proto__":{"object":"event","id":"evt_1"}}',
  '{"constructor":{"prototype":{"fanout":1}}}',
  '{"object":"event","id":"evt_1","type":"a.b","livemode":true,"created":1e999,"data":{"object":{}}}',
  '{"object":"event","id":"evt_1","type":"a.b","livemode":true,"created":1,"data":{"object":{}},"fanout":{}}',
  '{"object":"event","id":"evt_1","type":"a.b","livemode":true,"created":1,"data":{"object":{}},"created":"x"}',
  '{"object":"event","id":"evt_1","type":"a.b","livemode":true,"created":1,"data":{"object":{"n":12345678901234567890}}}',
  '{"object":"event","id":"evt_1","type":"a.b","livemode":true,"created":1,"data":{"object":{"s":"\\ud800"}}}',
  '{"object":"event","id":"evt_1","type":"a.b","livemode":true,"created":1,"data":{"object":{}}}\n\n ',
  '\ufeff{"object":"event","id":"evt_1","type":"a.b","livemode":true,"created":1,"data":{"object":{}}}',
  '{"object":"v2.core.event","id":"evt_1","type":"v1.a.b","livemode":true,"created":"2026-01-01T00:00:00.123456789Z"}',
  '{"object":"v2.core.event","id":"evt_1","type":"v1.a.b","livemode":true,"created":"275760-09-13T00:00:01Z"}',
  '{"object":"v2.core.event","id":"evt_1","type":"v2.core.account[x].b","livemode":false,"created":"x","context":7}',
  `{"object":"event","id":"evt_${'x'.repeat(400)}","type":"a.b","livemode":true,"created":1,"data":{"object":{}}}`,
  `{"object":"event","id":"evt_1","type":"${'a.'.repeat(90)}b","livemode":true,"created":1,"data":{"object":{}}}`,
  `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
  `{"object":"event","id":"evt_1","type":"a.b","livemode":true,"created":1,"data":{"object":${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}}}`,
];

const TYPES = EVENT_TYPES.filter(({ since }) => since === 'base').map(({ type }) => type);

const json = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...TYPES).map((type) => sample(type)) },
  { weight: 2, arbitrary: fc.constantFrom(...CORPUS) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 4 }) },
  {
    weight: 2,
    arbitrary: fc
      .dictionary(
        fc.constantFrom('id', 'object', 'type', 'created', 'livemode', 'data', 'account', 'context', 'fanout'),
        fc.jsonValue(),
      )
      .map((parts) => JSON.stringify({ ...JSON.parse(sample('invoice.paid')), ...parts })),
  },
);

/** One edit of bytes: cut some out, put some in. */
const edit = fc.record({ at: fc.nat(), drop: fc.nat(3), insert: fc.uint8Array({ maxLength: 3 }) });
/** One edit of a header. */
const headerEdit = fc.record({
  at: fc.nat(),
  drop: fc.nat(3),
  insert: fc.constantFrom('', ',', '=', 't=1', 'v1=', ' ', '0', 'A', ',v1=zz', ',t=1700000000', '\u00e9'),
});

/** Which secret signs: one of the destination's own, one of the other's, or one that nobody has. */
const signer = fc.oneof(
  { weight: 8, arbitrary: fc.record({ of: fc.constant('own' as const), index: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ of: fc.constant('other' as const), index: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ of: fc.constant('nobody' as const), secret: fc.string() }) },
);

/**
 * A request as the gateway hands it over: mostly signed well and then damaged, for only what passes the signature
 * reaches the rest.
 * @param nowSeconds what the ingress takes for now
 */
export function requests(nowSeconds: number, secretsOf: SecretsOf): fc.Arbitrary<FuzzRequest> {
  return fc
    .record({
      json,
      before: fc.array(edit, { maxLength: 2 }),
      after: fc.oneof(
        { weight: 4, arbitrary: fc.array(edit, { maxLength: 0 }) },
        { weight: 1, arbitrary: fc.array(edit, { maxLength: 2 }) },
      ),
      signer,
      skew: fc.oneof(
        { weight: 6, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.integer({ min: -700, max: 700 }) },
      ),
      header: fc.oneof(
        { weight: 4, arbitrary: fc.array(headerEdit, { maxLength: 3 }) },
        { weight: 16, arbitrary: fc.array(headerEdit, { maxLength: 0 }) },
        { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
        { weight: 1, arbitrary: fc.constant(undefined) },
      ),
      name: fc.oneof(
        { weight: 20, arbitrary: fc.constantFrom('stripe-signature', 'Stripe-Signature', 'STRIPE-SIGNATURE') },
        { weight: 1, arbitrary: fc.constant('stripe-signatures') },
      ),
      // A header that comes twice: the gateway joins the values; other fronts keep both, each in its own spelling.
      again: fc.oneof(
        { weight: 20, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.constantFrom('joined' as const, 'respelt' as const) },
      ),
      destination: fc.oneof(
        { weight: 12, arbitrary: fc.constant(undefined) },
        { weight: 5, arbitrary: fc.constantFrom('account', 'connect') },
        { weight: 1, arbitrary: fc.constantFrom('nowhere', '__proto__', 'constructor', '') },
      ),
      base64: fc.boolean(),
      lost: fc.oneof({ weight: 30, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    })
    .map((made) => {
      const signedBytes = edited(Buffer.from(made.json), made.before);
      const destination = made.destination ?? DEFAULT_DESTINATION;
      const good = signatureHeader(signedBytes, secretOf(made.signer, destination, secretsOf), nowSeconds + made.skew);
      const first = typeof made.header === 'object' ? editedHeader(good, made.header) : made.header;
      const second = signatureHeader(signedBytes, secretsOf.account[0] ?? '', nowSeconds);
      const header = made.again === 'joined' && first !== undefined ? `${first},${second}` : first;
      const bytes = edited(signedBytes, made.after);
      // Without base64 the gateway hands over text: what is no UTF-8 has lost its bytes by then.
      const text = made.base64 ? bytes.toString('base64') : bytes.toString('utf8');
      const request: HttpRequest = {
        ...(made.destination !== undefined && { pathParameters: { destination: made.destination } }),
        headers: {
          'content-type': 'application/json',
          ...(header !== undefined && { [made.name]: header }),
          ...(header !== undefined && made.again === 'respelt' && { 'sTRIPE-sIGNATURE': second }),
        },
        ...(made.lost ? {} : { body: text }),
        isBase64Encoded: made.base64,
      };
      const arrived = made.lost ? Buffer.alloc(0) : made.base64 ? bytes : Buffer.from(text);
      const isNamed = made.name !== 'stripe-signatures';
      const isRespelt = made.again === 'respelt' && header !== undefined;
      const read = isNamed ? header : isRespelt ? second : undefined;
      return { request, body: arrived, header: read, destination, isSignedForOther: made.signer.of === 'other' };
    });
}

type Signer = typeof signer extends fc.Arbitrary<infer Made> ? Made : never;

function secretOf(by: Signer, destination: string, secretsOf: SecretsOf): string {
  if (by.of === 'nobody') return by.secret;
  const isConnect = (destination === 'connect') === (by.of === 'own');
  const secrets = isConnect ? secretsOf.connect : secretsOf.account;
  return secrets[by.index % secrets.length] ?? '';
}

const samples = new Map<string, string>();

function sample(type: string): string {
  const known = samples.get(type) ?? JSON.stringify(sampleEvent(type, { seed: 'fuzz' }));
  samples.set(type, known);
  return known;
}

function edited(bytes: Buffer, edits: readonly { at: number; drop: number; insert: Uint8Array }[]): Buffer {
  return edits.reduce((current, { at, drop, insert }) => {
    const start = at % (current.length + 1);
    return Buffer.concat([current.subarray(0, start), insert, current.subarray(start + drop)]);
  }, bytes);
}

function editedHeader(text: string, edits: readonly { at: number; drop: number; insert: string }[]): string {
  return edits.reduce((current, { at, drop, insert }) => {
    const start = at % (current.length + 1);
    return current.slice(0, start) + insert + current.slice(start + drop);
  }, text);
}
