import { spawnSync } from 'node:child_process';
import { auditOutcome } from './audit-outcome.ts';

/** Milliseconds. A registry that does not answer must not hold up whoever asks. */
const PATIENCE_MS = 60_000;

const { stdout, error } = spawnSync('npm', ['audit', '--json', '--fetch-retries=0'], {
  encoding: 'utf8',
  shell: process.platform === 'win32',
  stdio: ['ignore', 'pipe', 'ignore'],
  timeout: PATIENCE_MS,
});
// Its exit code does not tell an advisory from a registry that has none to give.
const isTimedOut = error !== undefined && 'code' in error && error.code === 'ETIMEDOUT';
if (error !== undefined && !isTimedOut) throw error;
const outcome = isTimedOut ? ({ kind: 'not offered', why: 'ETIMEDOUT' } as const) : auditOutcome(stdout);

if (outcome.kind === 'not offered') {
  console.log(`npm audit: not offered by this registry (${outcome.why}).`);
} else {
  const { packages, findings } = outcome;
  console.log(`npm audit: ${packages} packages with an advisory, ${findings.length} of severity high or critical.`);
  for (const finding of findings) console.error(`  ${finding}`);
  if (findings.length > 0) process.exitCode = 1;
}
