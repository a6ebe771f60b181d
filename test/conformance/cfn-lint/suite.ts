import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { synthesizeStage } from '../../flow/synthesize-stage.ts';
import { STAGE_OF_ALL_OPTIONS } from '../stage-of-all-options.ts';
import type { Suite, Verdict } from '../suite.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const STAGES = ['dev', 'prod'];

export const cfnLint: Suite = {
  name: 'cfn-lint',
  judge: `CloudFormation's linter, on the templates of ${STAGES.join(', ')} and of a stage with all options`,
  async run(): Promise<Verdict> {
    const version = spawnSync('cfn-lint', ['--version'], { encoding: 'utf8' });
    if (version.status !== 0)
      return { outcome: 'skipped', summary: 'cfn-lint is not installed (pip install cfn-lint)' };
    const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
    const folders = [folder];
    try {
      const shipped = STAGES.flatMap((stage) => synthesize(stage, join(folder, stage)));
      // Only now, on a new clone too, have the functions been built.
      const whole = synthesizeStage(STAGE_OF_ALL_OPTIONS);
      folders.push(whole);
      const templates = [...shipped, ...templatesIn(whole)];
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
