import { describe, expect, it } from 'vitest';
import { findRoute } from '#local/http/route-table.ts';

const KEYS = ['ANY /a/{x}', 'POST /a/{x}', 'POST /a/b', 'GET /files/{path+}', 'GET /files/{one}', '$default'];
const definition = {
  name: 'f',
  arn: 'arn',
  file: 'f.mjs',
  exportName: 'handler',
  timeout: 3,
  memory: 128,
  environment: {},
  role: 'arn:role',
  accessKey: 'k',
};
const find = (method: string, path: string) =>
  findRoute(
    KEYS.map((key) => ({ key, function: definition, invokes: 'arn', sourceArn: key })),
    method,
    path,
  );

describe('the route table', () => {
  it.each([
    ['POST', '/a/b', 'POST /a/b', {}],
    ['POST', '/a/c', 'POST /a/{x}', { x: 'c' }],
    ['GET', '/a/c', 'ANY /a/{x}', { x: 'c' }],
    ['GET', '/files/one', 'GET /files/{one}', { one: 'one' }],
    ['GET', '/files/one/two', 'GET /files/{path+}', { path: 'one/two' }],
    ['POST', '/a/%zz', 'POST /a/{x}', { x: '%zz' }],
    ['PUT', '/elsewhere', '$default', {}],
  ])('takes %s %s to %s', (method, path, key, pathParameters) => {
    expect(find(method, path)).toMatchObject({ route: { key }, pathParameters });
  });

  it('finds nothing where no route fits and there is no default', () => {
    expect(
      findRoute([{ key: 'POST /a', function: definition, invokes: 'arn', sourceArn: 'POST /a' }], 'GET', '/a'),
    ).toBeUndefined();
  });
});
