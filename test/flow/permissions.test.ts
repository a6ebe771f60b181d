import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DomainOrUnrecognized } from '#shared/catalogue/domains.ts';
import { COMMON_SCENARIOS } from './permissions/common-scenarios.ts';
import { DOMAIN_SCENARIOS } from './permissions/domain-scenarios.ts';
import { Needs } from './permissions/needs.ts';
import { NOT_PLAYED } from './permissions/not-played.ts';
import { playRound } from './permissions/play-round.ts';
import { POLICY_SCENARIOS } from './permissions/policy-scenarios.ts';
import { RESOLVER_SCENARIOS } from './permissions/resolver-scenarios.ts';
import { nameOf, roundsOf, statementsOf } from './permissions/rounds.ts';
import { STRIPE_SIDE_SCENARIOS } from './permissions/stripe-side-scenarios.ts';
import { startPipeline } from './start-pipeline.ts';

/** Whose events are taken where any domain's would do. */
const EXAMPLE: DomainOrUnrecognized = 'fraud';
const SCENARIOS = [
  ...DOMAIN_SCENARIOS,
  ...COMMON_SCENARIOS,
  ...RESOLVER_SCENARIOS,
  ...STRIPE_SIDE_SCENARIOS,
  ...POLICY_SCENARIOS,
];
/** Rounds that `npm test` plays; `npm run permissions` plays all, in every domain. */
const SHARE = /IngressRole|WebhookApi|PublishersOnly|PayloadsBucket/;
const isFull = process.env.MODE === 'full';
/** Milliseconds. What is not there is denied at once; what still works needs a second or two on a busy machine. */
const [PATIENCE_WHOLE, PATIENCE_WITHOUT] = [30_000, 5_000];

const statements = statementsOf('cdk.out');
const rounds = roundsOf(statements);

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
let needs: Needs;
beforeAll(async () => {
  // All domains are played at once in a full run: each with a worker of its own.
  pipeline = await startPipeline('cdk.out', { printsDenials: false, ...(isFull && { warmHandlers: 30 }) });
  needs = await Needs.of({ pipeline, scenarios: SCENARIOS, example: EXAMPLE, patience: PATIENCE_WHOLE });
});
afterAll(() => pipeline[Symbol.asyncDispose]());

describe('the statements of the templates', () => {
  it('are each needed by something that the pipeline does, or stand in the table with a reason', () => {
    const unneeded = rounds.filter((round) => needs.scenariosOf(round).length === 0).map(({ name }) => name);

    // Take such a statement out of infra/, or show in test/flow/permissions/ what needs it.
    expect(unneeded).toEqual([]);
  });

  it('name no action that nothing needs', () => {
    const unneeded = rounds.flatMap((round) => needs.unneededActions(round).map((action) => `${round.name} ${action}`));

    expect(unneeded).toEqual([
      // A domain needs it as soon as it has a reaction: billing has one.
      'StripeFanoutPipeline/Handlers<Domain>HandlerRoleDefaultPolicy#RecordHandling dynamodb:GetItem',
    ]);
  });

  it('are not in the table of those that nothing here needs without being in the templates', () => {
    const names = statements.map(nameOf);

    expect(NOT_PLAYED.filter((row) => !names.some((name) => row.statements.test(name)))).toEqual([]);
  });
});

describe('a flow fails', () => {
  const played = rounds.filter(({ name }) => isFull || SHARE.test(name)).map((round) => [round.name, round] as const);

  it.each(played)('without %s', async (_name, round) => {
    expect(await playRound(round, { pipeline, needs, example: EXAMPLE, patience: PATIENCE_WITHOUT })).toEqual([]);
  });
});
