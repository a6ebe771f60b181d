import { describe, expect, it } from 'vitest';
import { filterPattern, InvalidFilterPattern } from '#local/logs/filter-pattern.ts';

const WARNING = '{"level":"WARN","code":"signature_mismatch","message":"refused"}';
const CHECK = '{"level":"ERROR","undelivered":3,"message":"published but not delivered"}';
const TIMEOUT = '{"type":"platform.report","record":{"status":"timeout"}}';
const TEXT = 'START RequestId: 1';

describe('a filter pattern', () => {
  it.each<[string, readonly string[]]>([
    ['', [WARNING, CHECK, TIMEOUT, TEXT]],
    ['refused', [WARNING]],
    ['"not delivered" ERROR', [CHECK]],
    ['{ $.level = "ERROR" || $.level = "WARN" }', [WARNING, CHECK]],
    ['{ $.level = "WARN" && $.code = "signature_mismatch" }', [WARNING]],
    ['{ $.undelivered > 0 }', [CHECK]],
    ['{ $.undelivered >= 4 || $.undelivered < 3 }', []],
    ['{ $.undelivered = 3 }', [CHECK]],
    ['{ $.level != "WARN" }', [CHECK]],
    ['{ $.record.status = "timeout" }', [TIMEOUT]],
  ])('%s finds what CloudWatch finds', (pattern, found) => {
    expect([WARNING, CHECK, TIMEOUT, TEXT].filter(filterPattern(pattern))).toEqual(found);
  });

  it.each(['{ $.level IN ["WARN"] }', '{ ($.a = 1) }', '[ip, user]', '?ERROR ?WARN', '{ $.a = 1'])(
    'says that it cannot read %s rather than find nothing',
    (pattern) => {
      expect(() => filterPattern(pattern)).toThrow(InvalidFilterPattern);
    },
  );
});
