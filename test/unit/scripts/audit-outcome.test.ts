import { describe, expect, it } from 'vitest';
import { auditOutcome } from '../../../scripts/audit-outcome.ts';

const advisory = (severity: string) => ({
  title: 'Prototype pollution',
  url: 'https://github.com/advisories/GHSA-1',
  severity,
});
/** The parts of npm's own report, version 2, that are read. */
const report = (vulnerabilities: object) => JSON.stringify({ auditReportVersion: 2, vulnerabilities, metadata: {} });

describe('the audit of dependencies', () => {
  it('finds nothing where no package has an advisory', () => {
    expect(auditOutcome(report({}))).toEqual({ kind: 'judged', packages: 0, findings: [] });
  });

  it.each(['high', 'critical'])(
    'names a package with an advisory of severity %s, and where to read of it',
    (severity) => {
      const outcome = auditOutcome(report({ bad: { severity, via: [advisory(severity), advisory('low')] } }));

      expect(outcome).toEqual({
        kind: 'judged',
        packages: 1,
        findings: [`bad (${severity}): Prototype pollution https://github.com/advisories/GHSA-1`],
      });
    },
  );

  it('names a package that has it through another one', () => {
    const bad = { severity: 'high', via: [advisory('high')] };

    const outcome = auditOutcome(report({ bad, user: { severity: 'high', via: ['bad'] } }));

    expect(outcome).toMatchObject({ findings: [expect.stringMatching(/^bad /), 'user (high): through bad'] });
  });

  it.each(['info', 'low', 'moderate'])('counts one of severity %s, and lets it pass', (severity) => {
    const outcome = auditOutcome(report({ so: { severity, via: [advisory(severity)] } }));

    expect(outcome).toEqual({ kind: 'judged', packages: 1, findings: [] });
  });

  it.each([
    [{ message: '405 Method Not Allowed - POST https://registry.example/-/npm', statusCode: 405 }, 'it answered 405'],
    [{ message: 'request failed, reason: connect ECONNREFUSED 127.0.0.1:1', error: {} }, 'ECONNREFUSED'],
    [{ message: 'invalid json response body, reason: Unexpected token <', error: {} }, 'it answered something else'],
  ])('knows a registry that offers none', (said, why) => {
    expect(auditOutcome(JSON.stringify(said))).toEqual({ kind: 'not offered', why });
  });

  it('does not take a fault of this project for one of the registry', () => {
    expect(() => auditOutcome(JSON.stringify({ error: { code: 'ENOLOCK' } }))).toThrow('no report: {"error"');
  });
});
