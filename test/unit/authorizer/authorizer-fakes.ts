import type { AuthorizationPolicy } from '#functions/authorizer/authorization-policy.ts';
import { authorize } from '#functions/authorizer/authorize.ts';
import type { AuthorizerPorts } from '#functions/authorizer/ports.ts';
import type { Spent } from '#shared/ports/spending.ts';
import type { TeamRow } from '#shared/ports/team-rows.ts';
import { sampleEvent } from '#shared/samples/sample-event.ts';
import { fakeWorld, NOW, signed } from '../ingress/ingress-fakes.ts';

export const NAME = 'issuing-authorization';

/** Stripe's request, with changes to its pending part and its card. */
export function request(
  pending: object = {},
  { card = {}, ...overrides }: { card?: object; [key: string]: unknown } = {},
) {
  const event = sampleEvent('issuing_authorization.request', { seed: 'card', created: Math.floor(NOW / 1000) });
  const object: Record<string, unknown> = { ...event.data.object };
  const merged = {
    ...object,
    pending_request: { ...Object(object.pending_request), ...pending },
    card: { ...Object(object.card), ...card },
  };
  return { ...event, data: { object: merged }, ...overrides };
}

/** The ingress's fake world, with a lane, and spending as a list. */
export function authorizerWorld(policy: AuthorizationPolicy, settings: Partial<AuthorizerPorts> = {}) {
  const web = fakeWorld([{ name: NAME, payload: 'snapshot' }]);
  const [destination] = web.destinations;
  if (destination === undefined) throw new Error('One destination was expected.');
  const rows: TeamRow[] = [];
  const spent: Spent[] = [];
  const ports: AuthorizerPorts = {
    ...web,
    destination,
    policy,
    telemetry: web.telemetryFor(NAME),
    spending: { inMonth: async () => spent },
    teamRows: {
      put: async (row) => {
        rows.push(row);
        return true;
      },
    },
    fallback: 'decline',
    policyMs: 300,
    apiVersion: '2026-10-28.endive',
    ...settings,
  };
  /** @param body Stripe's request, or any text, signed as Stripe does */
  const ask = async (body: object | string = request(), timeEpoch: number | undefined = web.time.now) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await authorize(ports, signed(text, { at: web.time.now, destination: NAME }), timeEpoch);
    return { status: answer.statusCode, headers: answer.headers, json: JSON.parse(answer.body) };
  };
  const fanout = () => JSON.parse(web.entries[0]?.detail ?? '{}').fanout;
  return { ...web, ports, rows, spent, ask, fanout };
}
