import { readAge, readText } from '../arguments/read-arguments.ts';
import type { Arguments, CommandOption } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import type { Examined } from './examined.ts';

/** By which a command chooses among dead letters; all that are given must hold. */
export const FILTER_OPTIONS: Readonly<Record<string, CommandOption>> = {
  type: { type: 'string', value: 'TYPE', help: 'Only events of this type.' },
  error: { type: 'string', value: 'CODE', help: 'Only those that failed with this error, as dlq show names it.' },
  account: { type: 'string', value: 'ACCT', help: 'Only events of this connected account.' },
  'older-than': { type: 'string', value: 'AGE', help: 'Only those first enqueued longer ago: 30m, 6h, 2d.' },
  ids: { type: 'string', value: 'EVT,…', help: 'Only these events, separated by commas.' },
};

export interface Filter {
  /** The options as they were given, for the plan; empty when none was. */
  readonly words: readonly string[];
  chooses(examined: Examined): boolean;
}

/** @param now Unix milliseconds @throws {UsageError} */
export function readFilter(args: Arguments, now: number): Filter {
  const [type, error, account] = [readText(args, 'type'), readText(args, 'error'), readText(args, 'account')];
  const olderThan = readAge(args, 'older-than');
  const ids = readText(args, 'ids')
    ?.split(',')
    .map((id) => id.trim());
  if (ids?.includes('')) throw new UsageError('--ids has an empty id: write evt_1,evt_2.');
  const words = Object.keys(FILTER_OPTIONS).flatMap((name) => {
    const value = readText(args, name);
    return value === undefined ? [] : [`${name} ${value}`];
  });
  return {
    words,
    chooses: (one) =>
      (type === undefined || one.type === type) &&
      (error === undefined || one.reason.code === error) &&
      (account === undefined || one.account === account) &&
      (olderThan === undefined || one.message.sentAt < now - olderThan) &&
      (ids === undefined || ids.includes(one.event)),
  };
}
