import { JsonReader } from '../../json-reader.ts';
import { EmissionRefused } from '../emit/emission.ts';
import { readCardUse } from '../issuing/card-use.ts';
import type { LocalStripe } from '../local-stripe.ts';
import { readApiFault } from './read-api-fault.ts';
import { readEmission } from './read-emission.ts';

/** Where another process tells the stand-in what to do, on the HTTP API's port. */
export const STRIPE_CONTROL_PATH = '/_local/stripe/';

/** Most emissions of one request. */
const MAX_EMISSIONS = 1_000;

interface ControlRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

/**
 * `POST emit` takes one emission or a list of them, `GET deliveries` tells how they went (`?tag=`), `GET requests`
 * what the API was asked; `POST authorize` uses a card and waits for the decision, `GET authorizations` lists them all; `faults` is listed, added to and cleared as the AWS endpoint's own.
 * @returns status and the JSON to answer
 */
export async function answerStripeControl(stripe: LocalStripe, request: ControlRequest): Promise<[number, unknown]> {
  try {
    return await answer(stripe, request);
  } catch (thrown) {
    return [400, { error: { message: thrown instanceof Error ? thrown.message : String(thrown) } }];
  }
}

async function answer(stripe: LocalStripe, { method, path, query, body }: ControlRequest): Promise<[number, unknown]> {
  const name = `${method} ${path.slice(STRIPE_CONTROL_PATH.length)}`;
  if (name === 'POST emit') {
    const input: unknown = JSON.parse(body.toString('utf8'));
    const list = Array.isArray(input) ? input : [input];
    if (list.length > MAX_EMISSIONS) {
      throw new EmissionRefused(`${list.length} emissions; at most ${MAX_EMISSIONS} were expected.`);
    }
    const emissions = list.map((item) => readEmission(reader(item)));
    return [200, { events: emissions.flatMap((emission) => stripe.emit(emission)) }];
  }
  if (name === 'GET deliveries') return [200, stripe.deliveries(query.get('tag') ?? undefined)];
  if (name === 'POST authorize') {
    const use = readCardUse(reader(JSON.parse(body.toString('utf8') || '{}')));
    return [200, await stripe.cards.use(use)];
  }
  if (name === 'GET authorizations') return [200, stripe.cards.authorized];
  if (name === 'GET requests') return [200, stripe.requests];
  if (name === 'GET faults') return [200, stripe.faults.list()];
  if (name === 'POST faults') {
    return [201, { id: stripe.faults.add(readApiFault(reader(JSON.parse(body.toString('utf8'))))) }];
  }
  if (name === 'DELETE faults') {
    const id = query.get('id');
    if (id === null) stripe.faults.clear();
    return [200, { removed: id === null ? true : stripe.faults.remove(id) }];
  }
  return [
    404,
    {
      error: {
        message: `There is no ${name} here: emit, deliveries, authorize, authorizations, requests and faults are.`,
      },
    },
  ];
}

function reader(value: unknown): JsonReader {
  return new JsonReader(value, (message) => new EmissionRefused(message));
}
