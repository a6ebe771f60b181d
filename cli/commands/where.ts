import type { LedgerRow } from '#shared/operations/operator-ledger.ts';
import type { ObjectRow } from '#shared/projection/object-row.ts';
import type { Command, CommandContext, Report } from '../command.ts';
import type { Target } from '../target/target.ts';
import { TARGET_OPTIONS } from '../target/target-options.ts';
import { withTarget } from '../target/with-target.ts';
import { listing } from '../terminal/listing.ts';
import { table } from '../terminal/table.ts';
import { UsageError } from '../usage-error.ts';
import { type EventLife, eventLife, type Parked } from '../where/event-life.ts';
import { type ObjectView, objectView } from '../where/object-view.ts';

/** `fanout where`: what became of an event, or what is known of an object. */
export const whereCommand: Command = {
  name: 'where',
  summary: 'Say what became of an event, stage by stage, or what is known of a Stripe object.',
  usage: 'where <evt_… | object id>',
  options: {
    data: { type: 'boolean', help: "Print the object's own data too: it may hold personal data." },
    ...TARGET_OPTIONS,
  },
  examples: ['where evt_1Abc --stage prod', 'where in_1Abc --data --local'],
  run(args, context) {
    const [id, ...more] = args.positionals;
    if (id === undefined || more.length > 0) throw new UsageError('where takes exactly one id.');
    const withData = args.values.data === true;
    return withTarget(args, context, (target) =>
      // A dead letter that holds no event is recorded under its message's id.
      /^(evt_|message:)/.test(id) ? whereEvent(id, target, context) : whereObject(id, withData, target, context),
    );
  },
};

async function whereEvent(id: string, target: Target, context: CommandContext): Promise<Report> {
  const { dynamoDbOperatorLedger } = await import('#functions/adapters/operator/dynamodb-operator-ledger.ts');
  const rows = await dynamoDbOperatorLedger(target.clients.dynamoDb, target.output('LedgerTableName')).rowsOf(id);
  if (rows.length === 0) {
    const text = `The ledger of ${target.label} does not know ${id}: it never arrived, or is more than 35 days old.\nWhether Stripe has it: fanout reconcile --since 1d --dry-run ${target.option}; without --dry-run what is missing is published.`;
    return { exitCode: 1, data: { error: { code: 'not_found', message: text } }, text };
  }
  const about = rows.find(({ object }) => object !== undefined)?.object;
  const objects = about === undefined ? [] : await objectsOf(about, target);
  const life = eventLife(rows, objects, context.now(), await parkedLetter(rows, target));
  const views = objects.map(objectView);
  return { exitCode: 0, data: { ...life, objects: views }, text: lifeText(life, views, context) };
}

/** The newest letter about the event that lies aside, if handling it failed and one does. */
async function parkedLetter(rows: readonly LedgerRow[], { clients, output }: Target): Promise<Parked | undefined> {
  const failed = rows.find(({ failedDomain }) => failedDomain !== undefined);
  if (failed?.failedDomain === undefined) return undefined;
  const { s3ParkedLetters } = await import('#functions/adapters/operator/s3-parked-letters.ts');
  const letters = s3ParkedLetters(clients.s3, output('PayloadBucketName'));
  const keys = (await Array.fromAsync(letters.keys(failed.failedDomain, failed.event))).flat();
  const parked = await Promise.all(keys.map((key) => letters.get(key)));
  return parked.toSorted((a, b) => b.parkedAt.localeCompare(a.parkedAt))[0];
}

async function whereObject(id: string, withData: boolean, target: Target, context: CommandContext): Promise<Report> {
  const rows = await objectsOf(id, target);
  if (rows.length === 0) {
    const text = `The objects table of ${target.label} has no ${id}: no event about it was handled, or its domain keeps none.`;
    return { exitCode: 1, data: { error: { code: 'not_found', message: text } }, text };
  }
  const shown = await Promise.all(
    rows.map(async (row) => ({ ...objectView(row), ...(withData ? { data: await dataOf(row, target) } : {}) })),
  );
  const text = shown
    .map((one) =>
      [viewText(one, context), ...('data' in one ? ['', JSON.stringify(one.data, null, 2)] : [])].join('\n'),
    )
    .join('\n\n');
  return { exitCode: 0, data: shown, text };
}

async function objectsOf(object: string, { clients, output }: Target): Promise<readonly ObjectRow[]> {
  const { objectRows } = await import('#functions/adapters/operator/object-rows.ts');
  return objectRows(clients.dynamoDb, output('ObjectsTableName'), object);
}

async function dataOf({ current }: ObjectRow, { clients, output }: Target): Promise<unknown> {
  const { text, at } = current.body ?? {};
  if (text !== undefined) return JSON.parse(text);
  if (at === undefined) return null;
  const { s3PayloadStore } = await import('#functions/adapters/s3-payload-store.ts');
  const store = s3PayloadStore(output('PayloadBucketName'), clients.s3);
  return JSON.parse(await store.get(at, AbortSignal.timeout(30_000)));
}

function lifeText(life: EventLife, objects: readonly ObjectView[], context: CommandContext): string {
  const { steps, standing, meaning, ...facts } = life;
  const { paint, width } = context;
  const headings = ['STAGE', 'STATUS', 'AT', 'ATTEMPTS', 'ERROR'];
  const rows = steps.map(({ stage, status, at = '', attempts, error = '' }) => [
    stage,
    status,
    at,
    `${attempts}`,
    error,
  ]);
  return [
    `${paint('bold', standing)}: ${meaning}`,
    '',
    table(
      Object.entries(facts).map(([name, value]) => [name, String(value)]),
      width,
    ),
    '',
    listing(headings, rows, context),
    ...objects.flatMap((object) => ['', viewText(object, context)]),
  ].join('\n');
}

function viewText(view: ObjectView, { width }: CommandContext): string {
  const { recent, ...facts } = view;
  const rows = Object.entries(facts)
    .filter(([name]) => name !== 'data')
    .map(([name, value]) => [name, String(value)]);
  return table([...rows, ['recent', recent.join(' ')]], width);
}
