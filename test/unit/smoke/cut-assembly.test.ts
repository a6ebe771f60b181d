import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { cutAssembly } from '../../smoke/ministack/cut-assembly.ts';
import { updateAssembly } from '../../smoke/update-assembly.ts';

const folder = mkdtempSync(join(tmpdir(), 'cut-'));
afterAll(() => rmSync(folder, { recursive: true }));

const TEMPLATE = {
  Resources: {
    Archive: { Type: 'AWS::Events::Archive' },
    Secret: { Type: 'AWS::SecretsManager::Secret' },
    Sum: { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [] } },
    Plain: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'm' }, DependsOn: ['Archive', 'Secret'] },
    Worker: {
      Type: 'AWS::Lambda::Function',
      Properties: { MemorySize: 256, Environment: { Variables: { SECRET: { Ref: 'Secret' }, SUM: { Ref: 'Sum' } } } },
    },
  },
  Outputs: { Archive: { Value: { 'Fn::GetAtt': ['Archive', 'Arn'] } } },
};

/** Writes an assembly of one stack. @returns its folder */
function assembly(): string {
  const to = mkdtempSync(join(folder, 'whole-'));
  const text = JSON.stringify(TEMPLATE);
  const hash = createHash('sha256').update(text).digest('hex');
  writeFileSync(join(to, 'App.template.json'), text);
  writeFileSync(join(to, 'App.assets.json'), JSON.stringify({ files: { [hash]: { objectKey: `${hash}.json` } } }));
  writeFileSync(join(to, 'manifest.json'), JSON.stringify({ url: `s3://assets/${hash}.json` }));
  return to;
}

const read = (from: string, name: string) => readFileSync(join(from, name), 'utf8');

it('leaves out what MiniStack cannot create, and says how much of what it left out and wrote otherwise', () => {
  const cut = join(folder, 'cut-one');

  const { leftOut, rewritten } = cutAssembly(assembly(), cut);

  expect(Object.fromEntries(leftOut)).toEqual({
    'AWS::Events::Archive': 1,
    'AWS::CloudWatch::Alarm with metric math': 1,
  });
  expect(Object.fromEntries(rewritten)).toEqual({
    'Ref of a secret, now its attribute Id': 1,
    'reference to what is not created, now a text': 2,
  });
  const { Resources, Outputs } = JSON.parse(read(cut, 'App.template.json'));
  expect(Object.keys(Resources)).toEqual(['Secret', 'Plain', 'Worker']);
  expect(Resources.Plain.DependsOn).toEqual(['Secret']);
  expect(Resources.Worker.Properties.Environment.Variables).toEqual({
    SECRET: { 'Fn::GetAtt': ['Secret', 'Id'] },
    SUM: 'not-created-Sum',
  });
  expect(Outputs.Archive.Value).toBe('not-created-Archive');
});

it('gives each changed template the name that its content has', () => {
  const updated = join(folder, 'updated-one');

  updateAssembly(assembly(), updated);

  const text = read(updated, 'App.template.json');
  const hash = createHash('sha256').update(text).digest('hex');
  expect(JSON.parse(text).Resources.Worker.Properties.MemorySize).toBe(320);
  expect(JSON.parse(read(updated, 'App.assets.json')).files[hash].objectKey).toBe(`${hash}.json`);
  expect(JSON.parse(read(updated, 'manifest.json')).url).toBe(`s3://assets/${hash}.json`);
});
