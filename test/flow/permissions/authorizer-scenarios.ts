import { isRecord } from '#shared/event/stripe-event.ts';
import { authorizerName } from '#shared/naming/resource-names.ts';
import { fresh, sign, stripeBeside } from '../start-pipeline.ts';
import { expectThat, type Scenario, type Stage, until } from './scenario.ts';

/** More than the bus takes. */
const LARGE = 'é'.repeat(200_000);

let cards = 0;

/** What the lane does on which Stripe waits for a decision. Two seconds are few on a busy machine: a card is used again. */
export const AUTHORIZER_SCENARIOS: readonly Scenario[] = [
  {
    name: 'a use of a card is decided by the policy and told on the bus, by a new instance without secrets',
    once: true,
    play: async (stage) => {
      await stage.pipeline.runtime.killWorkers(authorizerName('dev'));
      await until(stage, 'the policy decided, and all know it', () => isToldOf(stage, {}));
    },
  },
  {
    name: 'a large request for authorization is told by reference',
    once: true,
    play: (stage) => until(stage, 'all know of the decision', () => isToldOf(stage, { note: LARGE })),
  },
  {
    name: 'a request for authorization that comes twice is told once',
    once: true,
    play: async ({ pipeline }) => {
      const request = fresh('issuing_authorization.request');
      const body = JSON.stringify(request);
      for (let times = 0; times < 2; times += 1) {
        const { status } = await fetch(String(pipeline.runtime.outputs.AuthorizationUrl), {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'stripe-signature': sign(body) },
          body,
        });
        expectThat(status === 200, `the request is answered, and not with ${status}`);
      }
      expectThat(pipeline.published(request.id).length === 1, 'one copy is on the bus');
    },
  },
];

/** Uses a card that nobody has used. @returns whether the policy approved, and a copy says so */
async function isToldOf({ pipeline }: Stage, metadata: Readonly<Record<string, unknown>>): Promise<boolean> {
  const cardMetadata = { monthly_limit: '1000', ...metadata };
  cards += 1;
  const used = await stripeBeside(pipeline).cards.use({ amount: 1, card: `ic_permissions${cards}`, cardMetadata });
  const fanout = pipeline.published(used.event)[0]?.fanout;
  return used.approved && isRecord(fanout) && isRecord(fanout.decision) && fanout.decision.by === 'policy';
}
