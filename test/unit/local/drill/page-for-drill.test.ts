import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandsOf, pageForDrill } from '#local/drill/page-for-drill.ts';

const RUNBOOKS = join(import.meta.dirname, '../../../../docs/runbooks');
const SURROUNDINGS = {
  stage: 'dev',
  url: 'http://127.0.0.1:1111',
  awsUrl: 'http://127.0.0.1:2222',
  domain: 'products',
  event: 'evt_real',
  from: '2026-11-24T01:00:00.000Z',
  to: '2026-11-24T02:00:00.000Z',
};
const shown = (page: string) => pageForDrill(page, SURROUNDINGS);

describe('a runbook page in a drill', () => {
  it.each(readdirSync(RUNBOOKS))('%s has no command that could reach a deployed stage', (file) => {
    const page = shown(readFileSync(join(RUNBOOKS, file), 'utf8'));

    for (const command of commandsOf(page)) {
      const staysHere =
        command === 'deploy' ||
        command.includes(' --local http://127.0.0.1:1111') ||
        /^npm run -s fanout -- route /.test(command) ||
        // Each call, also one within another, names its endpoint.
        command.split(/\baws /).every((part, i) => i === 0 || part.startsWith('--endpoint-url http://127.0.0.1:2222 '));
      expect(staysHere, command).toBe(true);
    }
    expect(page).not.toContain('--stage');
  });

  it('is about the domain, the event and the time that suffer', () => {
    const page = shown(
      [
        'Say `npm run -s fanout -- dlq show billing --stage $STAGE`.',
        '```sh',
        'STAGE=prod',
        'npm run -s fanout -- where evt_123 --stage $STAGE',
        'npm run -s fanout -- replay --from 2026-11-24T08:50:00Z --to 2026-11-24T10:00:00Z --domain billing --stage $STAGE --yes',
        'npm run deploy -- -c stage=$STAGE --revert-drift',
        'aws ssm start-automation-execution --document-name x',
        '```',
      ].join('\n'),
    );

    expect(page).toContain('`npm run -s fanout -- dlq show products --local http://127.0.0.1:1111`');
    expect(page).toContain('STAGE=dev');
    expect(commandsOf(page)).toEqual([
      'npm run -s fanout -- where evt_real --local http://127.0.0.1:1111',
      `npm run -s fanout -- replay --from ${SURROUNDINGS.from} --to ${SURROUNDINGS.to} --domain products --local http://127.0.0.1:1111 --yes`,
      'deploy',
    ]);
  });
});
