import { describe, expect, it } from 'vitest';
import { compactLogLine } from '#local/terminal/compact-log-line.ts';

const line = (fields: object) => JSON.stringify({ service: 's', timestamp: 't', ...fields });
const warning = line({ level: 'WARN', message: 'refused', code: 'signature_mismatch', attempt: 2 });
const metric = line({ _aws: { Timestamp: 1 }, accepted: 1 });

describe('a log line in the terminal', () => {
  it('is short: level, function, message and what is special', () => {
    expect(compactLogLine('ingress', warning, false)).toBe('WARN ingress: refused code=signature_mismatch attempt=2');
  });

  it.each([
    ['an information', line({ level: 'INFO', message: 'accepted' })],
    ['a metric', metric],
    ['nothing', '  '],
  ])('is left out when it is %s', (_what, text) => {
    expect(compactLogLine('ingress', text, false)).toBeUndefined();
  });

  it('is shown when all are asked for', () => {
    expect(compactLogLine('f', line({ level: 'INFO', message: 'accepted' }), true)).toBe('INFO f: accepted');
    expect(compactLogLine('f', metric, true)).toContain('METRIC f: ');
  });

  it.each(['(node:1) Warning: x', '7'])('is shown as it is when it is no JSON object: %s', (text) => {
    expect(compactLogLine('f', text, false)).toBe(`f: ${text}`);
  });
});
