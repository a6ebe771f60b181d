import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DomainOrUnrecognized } from '#shared/catalogue/domains.ts';
import { Dunned } from './dunned.ts';
import { DunningService } from './dunning-service.ts';
import { AUTHORIZER_SCENARIOS } from './permissions/authorizer-scenarios.ts';
import { Needs } from './permissions/needs.ts';
import { PARTNER_SCENARIOS } from './permissions/partner-scenarios.ts';
import { playRound } from './permissions/play-round.ts';
import { nameOf, roundsOf, statementsOf } from './permissions/rounds.ts';
import { subscriberScenarios } from './permissions/subscriber-scenarios.ts';
import { STAGE_OF_OPTIONS } from './stage-of-options.ts';
import { startPipeline } from './start-pipeline.ts';
import { synthesizeStage } from './synthesize-stage.ts';

const isFull = process.env.MODE === 'full';
const EXAMPLE: DomainOrUnrecognized = 'issuing';
/** Milliseconds; two uses of a card, of which each may take the two seconds that Stripe waits. */
const [PATIENCE_WHOLE, PATIENCE_WITHOUT] = [30_000, 6_000];
/** Ours is 000000000000. */
const TEAM_ACCOUNT = '444455556666';
const STACKS = ['OverBus', 'Direct'] as const;
const BUS = 'arn:aws:events:us-east-1:000000000000:event-bus/stripe-fanout-dev';

/** What the options add to the stage `dev`, and another account's stacks beside it; nothing where it is not played. */
const { assembly, teams, rounds } = isFull ? synthesizeAll() : { assembly: '', teams: [], rounds: [] };

function synthesizeAll() {
  const service = new DunningService();
  const overBus = service.synthesize({ stackName: 'OverBus', busArn: BUS }, TEAM_ACCOUNT);
  const direct = service.synthesize({ stackName: 'Direct', busArn: BUS, direct: 'true' }, TEAM_ACCOUNT);
  const whole = synthesizeStage({ ...STAGE_OF_OPTIONS, subscribers: [service.rowIn(direct)] });
  const shipped = new Set(statementsOf('cdk.out').map(nameOf));
  const added = statementsOf(whole).filter((statement) => !shipped.has(nameOf(statement)));
  return { assembly: whole, teams: [overBus, direct], rounds: roundsOf(added) };
}

const dunned = new Dunned();
let pipeline: Awaited<ReturnType<typeof startPipeline>>;
let needs: Needs;

describe.runIf(isFull)('on a stage with more options', () => {
  beforeAll(async () => {
    pipeline = await startPipeline(assembly, { with: teams, log: dunned.log, printsDenials: false });
    const scenarios = [
      ...PARTNER_SCENARIOS,
      ...AUTHORIZER_SCENARIOS,
      ...subscriberScenarios(TEAM_ACCOUNT, STACKS, dunned),
    ];
    needs = await Needs.of({ pipeline, scenarios, example: EXAMPLE, patience: PATIENCE_WHOLE });
  });
  afterAll(() => pipeline[Symbol.asyncDispose]());

  it('each statement that the shipped one lacks is needed, with each of its actions', () => {
    expect(rounds.length).toBeGreaterThan(15);
    expect(rounds.filter((round) => needs.scenariosOf(round).length === 0).map(({ name }) => name)).toEqual([]);
    expect(rounds.flatMap((round) => needs.unneededActions(round).map((action) => `${round.name} ${action}`))).toEqual(
      [],
    );
  });

  it.each(rounds.map((round) => [round.name, round] as const))('a flow fails without %s', async (_name, round) => {
    expect(await playRound(round, { pipeline, needs, example: EXAMPLE, patience: PATIENCE_WITHOUT })).toEqual([]);
  });
});
