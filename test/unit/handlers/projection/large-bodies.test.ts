import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handleBatch } from '#functions/handlers/handle-batch.ts';
import { withTexts } from '#functions/handlers/projection/large-bodies.ts';
import { type FakeHandlerWorld, fakeHandlerWorld, invoiceEvent, NOW, recordOf } from '../handler-fakes.ts';

type QueueRecord = ReturnType<typeof recordOf>;

const never = new AbortController().signal;
const SIZES = [10, 11_000, 30_000, 200_000, 320_000];

/** A step of an invoice whose note, before and after, is as long as wanted. */
interface Step {
  readonly place: number;
  readonly second: number;
  readonly size: number;
  readonly note: string;
  readonly before: string | undefined;
  readonly sizeBefore: number;
}

const step: fc.Arbitrary<Omit<Step, 'place'>> = fc.record({
  second: fc.nat({ max: 1 }),
  size: fc.constantFrom(...SIZES),
  note: fc.constantFrom('a', 'b'),
  before: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
  sizeBefore: fc.constantFrom(...SIZES),
});

function recordFor({ place, second, size, note, before, sizeBefore }: Step): QueueRecord {
  return recordOf({
    ...invoiceEvent({ id: `evt_${place}`, type: 'invoice.updated', created: NOW / 1000 + second }),
    data: {
      object: { id: 'in_1', object: 'invoice', note: note.repeat(size) },
      ...(before === undefined ? {} : { previous_attributes: { note: before.repeat(sizeBefore) } }),
    },
  });
}

/** The row's state with all texts, wherever they are kept, shortened so that a difference can be read. */
async function stateAfter(world: FakeHandlerWorld, batches: readonly (readonly QueueRecord[])[]) {
  for (const Records of batches) await handleBatch(world, {}, { Records }, 30_000);
  const row = world.rows.get('in_1 test');
  if (row === undefined) throw new Error('There is no row of in_1.');
  const { version, recent, updatedAt, ...state } = { ...row, ...(await withTexts(row, world, never)) };
  const short = (text = '') => `${text.slice(0, 60)} (${text.length})`;
  const readable = ({ body, previous, ...sighting }: typeof state.current) => ({
    ...sighting,
    text: short(body?.text),
    previous: short(previous),
  });
  return { ...state, current: readable(state.current), rivals: state.rivals.map(readable) };
}

const eachAlone = (steps: readonly Step[]) => steps.map((one) => [recordFor(one)]);

function referredKeys(world: FakeHandlerWorld) {
  const row = world.rows.get('in_1 test');
  return [row?.current, ...(row?.rivals ?? [])].flatMap((sighting) => sighting?.body?.at?.key ?? []).toSorted();
}

const histories = fc
  .array(step, { minLength: 1, maxLength: 5 })
  .map((history) => history.map((one, place): Step => ({ ...one, place })))
  .chain((steps) =>
    fc.record({
      steps: fc.constant(steps),
      shuffled: fc.shuffledSubarray(steps, { minLength: steps.length }),
      repeats: fc.array(fc.constantFrom(...steps), { maxLength: 3 }),
    }),
  );

describe('objects too large for a row', () => {
  it('end in the same state whatever the order and the repeats of their history', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async ({ steps, shuffled, repeats }) => {
        const inOrder = await stateAfter(fakeHandlerWorld(), eachAlone(steps));
        const otherwise = await stateAfter(fakeHandlerWorld(), eachAlone([...shuffled, ...repeats]));

        expect(otherwise).toEqual(inOrder);
      }),
      { numRuns: 60 },
    );
  });

  it('lose nothing and leave nothing behind when handlers write the same row at once', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async ({ steps, shuffled, repeats }) => {
        const atOnce = fakeHandlerWorld();

        const expected = await stateAfter(fakeHandlerWorld(), eachAlone(steps));
        const observed = await stateAfter(atOnce, [[...shuffled, ...repeats].map(recordFor)]);

        expect(observed).toEqual(expected);
        expect([...atOnce.stored.keys()].toSorted()).toEqual(referredKeys(atOnce));
      }),
      { numRuns: 60 },
    );
  });

  it.each([11_900, 19_000])('fit into a row, however many of %d bytes one second has', async (size) => {
    const world = fakeHandlerWorld();
    const steps = Array.from({ length: 14 }, (_, place) => ({
      place,
      second: 0,
      size,
      note: String.fromCharCode(97 + place),
      before: 'z',
      sizeBefore: size,
    }));

    await stateAfter(world, eachAlone(steps));

    // DynamoDB's limit for an item.
    expect(Buffer.byteLength(JSON.stringify(world.rows.get('in_1 test')))).toBeLessThan(400 * 1024);
  });
});
