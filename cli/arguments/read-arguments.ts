import { type DomainOrUnrecognized, HANDLER_NAMES } from '#shared/catalogue/domains.ts';
import { didYouMean } from '#shared/naming/nearest-name.ts';
import { QUEUE_OWNERS, type QueueOwner } from '#shared/naming/resource-names.ts';
import type { Arguments } from '../command.ts';
import { UsageError } from '../usage-error.ts';

/** The one domain, or other owner of a queue, that a command is about. */
export function readOwner({ positionals }: Arguments): QueueOwner {
  return readName(positionals, QUEUE_OWNERS);
}

/** The one domain, or `unrecognized`, that a command is about: whatever has a handler. */
export function readDomain({ positionals }: Arguments): DomainOrUnrecognized {
  return readName(positionals, HANDLER_NAMES);
}

/** An option's text, when it was given. */
export function readText({ values }: Arguments, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** A whole number from `min` to `max`, when the option was given. */
export function readCount(args: Arguments, name: string, min: number, max: number): number | undefined {
  const text = readText(args, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new UsageError(`--${name} ${text} is not a whole number from ${min} to ${max}.`);
}

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A duration such as `90s`, `30m`, `6h` or `2d`, in milliseconds. */
export function readAge(args: Arguments, name: string): number | undefined {
  const text = readText(args, name);
  if (text === undefined) return undefined;
  const [, number, unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? [];
  if (number !== undefined) return Number(number) * (UNITS[unit] ?? 0);
  throw new UsageError(`--${name} ${text} is not a duration: write 90s, 30m, 6h or 2d.`);
}

/** A point in time as ISO 8601 with a zone, or as a duration before now; in Unix milliseconds. */
export function readTime(args: Arguments, name: string, now: number): number | undefined {
  const text = readText(args, name);
  if (text === undefined) return undefined;
  if (text === 'now') return now;
  if (/^\d+[smhd]$/.test(text)) return now - (readAge(args, name) ?? 0);
  // Without a zone the laptop's own would decide, and two people would mean two things.
  if (/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))) return Date.parse(text);
  throw new UsageError(`--${name} ${text} is not a time: write 2026-11-24T03:00:00Z, or 2h for two hours ago.`);
}

function readName<Name extends string>(positionals: readonly string[], names: readonly Name[]): Name {
  const [given, ...more] = positionals;
  if (given === undefined || more.length > 0) throw new UsageError(`Name exactly one domain: ${names.join(', ')}.`);
  const found = names.find((name) => name === given);
  if (found !== undefined) return found;
  throw new UsageError(`There is no domain ${given}.${didYouMean(given, names)} Domains: ${names.join(', ')}.`);
}
