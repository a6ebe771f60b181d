import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRecord } from '#shared/event/stripe-event.ts';
import { runAwsCommand } from './run-aws-command.ts';
import { breakUntilMended, fresh, startPipeline } from './start-pipeline.ts';

let pipeline: Awaited<ReturnType<typeof startPipeline>>;
beforeAll(async () => {
  pipeline = await startPipeline();
});
afterAll(() => pipeline[Symbol.asyncDispose]());

/** What all functions wrote about an event, as the saved query finds it: by the field `event`, in order of time. */
async function linesAbout(event: string): Promise<Record<string, unknown>[]> {
  const groups = ['ingress', 'handler-core', 'handler-billing', 'handler-unrecognized'];
  const answers = await Promise.all(
    groups.map((name) =>
      runAwsCommand(pipeline, [
        ...['logs', 'tail', `/aws/lambda/stripe-fanout-dev-${name}`],
        ...['--filter-pattern', `{ $.event = "${event}" }`],
      ]),
    ),
  );
  const found = answers.flatMap((answer) => (isRecord(answer) && Array.isArray(answer.events) ? answer.events : []));
  return found.toSorted((a, b) => a.eventId.localeCompare(b.eventId)).map(({ message }) => JSON.parse(message));
}

describe('the logs', () => {
  it('have one line an event and stage, which the event’s id finds', async () => {
    const event = fresh('charge.succeeded');

    await pipeline.send(event);
    await pipeline.send(event);
    await pipeline.runtime.settled();

    const type = 'charge.succeeded';
    expect(await linesAbout(event.id)).toMatchObject([
      { service: 'ingress', message: 'accepted', level: 'INFO', event: event.id, type, destination: 'account' },
      { service: 'ingress', message: 'duplicate', event: event.id, type },
      { service: 'handler-core', message: 'handled', event: event.id, type, domain: 'core' },
    ]);
  });

  it('have one line for each try that failed, with code and reason, and none of what the event holds', async () => {
    const event = fresh('customer.created');
    breakUntilMended(pipeline, {
      service: 'dynamodb',
      operation: 'PutItem',
      match: String(event.data.object.id),
      times: 2,
      error: 'AccessDeniedException',
    });

    await pipeline.send(event);
    await pipeline.runtime.settled();

    const lines = await linesAbout(event.id);
    expect(lines.map(({ message, code, receive }) => [message, code, receive])).toEqual([
      ['accepted', undefined, undefined],
      ['not handled', 'objects_unavailable', 1],
      ['not handled', 'objects_unavailable', 2],
      ['handled', undefined, undefined],
    ]);
    expect(JSON.stringify(lines)).not.toContain(String(event.data.object.email));
  });
});
