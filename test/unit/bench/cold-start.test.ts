import { expect, it } from 'vitest';
import { FUNCTION_ENTRIES } from '#infra/bundling/function-entries.ts';
import { HANDLER_NAMES } from '#shared/catalogue/domains.ts';
import { BUNDLES } from '../../../bench/cold-start/measure-cold-start.ts';

it('measures the cold start of every function, and of one handler for all', () => {
  const handlers = HANDLER_NAMES.map((domain) => `handler-${domain}`).filter((name) => name !== 'handler-billing');

  const measured = BUNDLES.map(({ name }) => name);

  expect([...measured, ...handlers].toSorted()).toEqual(FUNCTION_ENTRIES.map(({ name }) => name).toSorted());
});
