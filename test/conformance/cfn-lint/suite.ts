import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StageConfig } from '#infra/configuration/stage-config.ts';
import { STAGE_OF_OPTIONS } from '../../flow/stage-of-options.ts';
import { synthesizeStage } from '../../flow/synthesize-stage.ts';
import type { Suite, Verdict } from '../suite.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const STAGES = ['dev', 'prod'];
const WITH_ALL: StageConfig = {
  ...STAGE_OF_OPTIONS,
  subscribers: [{ name: 'dunning', account: '222222222222', owner: 'payments', events: ['invoice.payment_failed'] }],
};

export const cfnLint: Suite = {
  name: 'cfn-lint',
  judge: `CloudFormation's linter, on the templates of ${STAGES.join(', ')} and of a stage with more options`,
  async run(): Promise<Verdict> {
    const version = spawnSync('cfn-lint', ['--version'], { encoding: 'utf8' });
    if (version.status !== 0)
      return { outcome: 'skipped', summary: 'cfn-lint is not installed (pip install cfn-lint)' };
    const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
    const folders = [folder];
    try {
      const whole = synthesizeStage(WITH_ALL);
      folders.push(whole);
      const templates = [...STAGES.flatMap((stage) => synthesize(stage, join(folder, stage))), ...templatesIn(whole)];
      const lint = spawnSync('cfn-lint', ['--non-zero-exit-code', 'error', '-t', ...templates], { encoding: 'utf8' });
      if (lint.status !== 0) process.stdout.write(`${lint.stdout}\n${lint.stderr}\n`);
      const summary = `${templates.length} templates, ${lint.status === 0 ? 'no error' : 'errors'} (${version.stdout.trim()})`;
      return { outcome: lint.status === 0 ? 'agreed' : 'disagreed', summary };
    } finally {
      for (const used of folders) rmSync(used, { recursive: true });
    }
  },
};

function synthesize(stage: string, output: string): readonly string[] {
  const cdk = join(root, 'node_modules/aws-cdk/bin/cdk');
  const args = ['synth', '--quiet', '--context', `stage=${stage}`, '--output', output];
  const { status, stderr } = spawnSync(process.execPath, [cdk, ...args], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`cdk synth of ${stage} ended with ${status}:\n${stderr}`);
  return templatesIn(output);
}

function templatesIn(folder: string): readonly string[] {
  return globSync('*.template.json', { cwd: folder }).map((name) => join(folder, name));
}
