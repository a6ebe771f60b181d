import type { IngressPorts } from '#functions/ingress/ports.ts';
import { receive } from '#functions/ingress/receive.ts';
import { SignerNotes } from '#functions/ingress/signer-notes.ts';
import { AWAITED_KEY } from '#shared/destinations/secret-keys.ts';
import { LedgerUnavailable, SecretUnavailable } from '#shared/errors/store-errors.ts';
import { secretFingerprint } from '#shared/signature/secret-fingerprint.ts';
import { SigningSecrets } from '#shared/webhook/signing-secrets.ts';
import { SECRET, signed } from '../unit/ingress/ingress-fakes.ts';
import type { Actor } from './actor.ts';
import { BESIDE, READ } from './outcomes.ts';
import type { Sabotage } from './sabotage.ts';
import type { Simulation } from './simulation.ts';
import { steppedLedger } from './stepped-ledger.ts';
import type { SteppedPublishing } from './stepped-publishing.ts';
import { steppedTelemetry } from './stepped-telemetry.ts';

const LEASE_MS = 15_000;
const DESTINATION = { name: 'account', mode: 'both', payload: 'either', accounts: 'either' } as const;
/** A rotation is under way, or no delivery would have to write down which secret had signed it. */
const SECRETS = JSON.stringify({ account: [SECRET], [AWAITED_KEY]: [secretFingerprint(SECRET)] });

/** One for all: to make an error takes longer than most steps. */
const ENDED = new DOMException('The simulated deadline is over.', 'TimeoutError');

export interface IngressWorld {
  readonly simulation: Simulation;
  readonly publishing: SteppedPublishing;
  readonly sabotage: Sabotage;
  readonly inlineLimit: number;
}

/** One delivery of an event to the ingress. @returns the status that it is answered with */
export async function deliver(world: IngressWorld, actor: Actor, attempt: number, body: string): Promise<number> {
  const { simulation, publishing, sabotage } = world;
  const telemetry = steppedTelemetry(actor, publishing.metrics);
  const work = new AbortController();
  const ports = {
    ...portsOf(world, actor, attempt > 1),
    telemetryFor: () => sabotage.telemetry?.(telemetry) ?? telemetry,
    // The deadline comes early, or most schedules would differ only in how often somebody looked.
    sleep: () => actor.call({ name: 'sleep', isPrivate: true, outcomes: ['ok'], send: () => () => work.abort(ENDED) }),
  };
  const deadlines = { work: work.signal, settle: new AbortController().signal };
  const { statusCode } = await receive(ports, signedOnce(body, simulation.now), deadlines);
  await telemetry.answer();
  return statusCode;
}

function portsOf(
  { simulation, publishing, sabotage, inlineLimit }: IngressWorld,
  actor: Actor,
  isWarm: boolean,
): Omit<IngressPorts, 'sleep' | 'telemetryFor'> {
  const ledger = steppedLedger(simulation, actor, LEASE_MS, sabotage.rules);
  const bus = publishing.bus(actor);
  const readSecret = () =>
    actor.call({
      name: 'secret',
      isPrivate: true,
      outcomes: READ,
      unknown: () => new SecretUnavailable('The simulated secret was not read.'),
      send: () => () => SECRETS,
    });
  const seen = () =>
    actor.call<void>({
      name: 'note',
      isPrivate: true,
      outcomes: BESIDE,
      unknown: () => new LedgerUnavailable('The simulated ledger did not answer.'),
      send: () => () => undefined,
    });
  const secrets = new SigningSecrets({ read: isWarm ? async () => SECRETS : readSecret }, actor.clock);
  return {
    destinations: [DESTINATION],
    secrets,
    ledger: sabotage.ledger?.(ledger) ?? ledger,
    bus: sabotage.bus?.(bus) ?? bus,
    payloads: publishing.payloads(actor),
    clock: actor.clock,
    signers: new SignerNotes({ seen }, secrets, actor.clock),
    inlineLimit,
  };
}

const signatures = new Map<string, ReturnType<typeof signed>>();

/** The same delivery comes a million times. */
function signedOnce(body: string, at: number): ReturnType<typeof signed> {
  const key = `${at} ${body}`;
  const known = signatures.get(key) ?? signed(body, { at });
  signatures.set(key, known);
  return known;
}
