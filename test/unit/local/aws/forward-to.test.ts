import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { forwardTo } from '#local/aws/forward-to.ts';
import { ADMINISTRATOR } from '#local/iam/principal.ts';
import { close, listen } from '#local/listen.ts';

it('a forwarding closes after the answers under way, so that no database closes under a request', async () => {
  const server = createServer();
  const port = await listen(server, 0);
  onTestFinished(() => close(server));
  const forwarding = forwardTo(port);
  const answer = forwarding.service({
    service: 'dynamodb',
    operation: 'PutItem',
    method: 'POST',
    path: '/',
    rawHeaders: ['host', 'dynamodb'],
    body: Buffer.from('{}'),
    principal: ADMINISTRATOR,
    origin: `http://127.0.0.1:${port}`,
    signal: new AbortController().signal,
  });
  const [, response]: [unknown, ServerResponse] = await once(server, 'request').then(([request, open]) => [
    request,
    open,
  ]);

  const closing = forwarding.close();
  response.end('done');

  expect((await answer).body.toString()).toBe('done');
  await closing;
});
