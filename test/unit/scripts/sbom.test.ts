import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Bom {
  readonly bomFormat: string;
  readonly components: readonly { readonly name: string; readonly version: string; readonly purl: string }[];
}

it('prints a CycloneDX list that has every direct dependency in its pinned version', () => {
  const { devDependencies }: { devDependencies: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync('package.json', 'utf8'),
  );

  const { stdout, stderr } = spawnSync('npm', ['run', '-s', 'sbom'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });

  expect(stderr).toBe('');
  const { bomFormat, components }: Bom = JSON.parse(stdout);
  expect(bomFormat).toBe('CycloneDX');
  const listed = components
    .filter(({ purl }) => purl.startsWith('pkg:npm/'))
    .map(({ name, version }) => [name, version]);
  expect(listed).toEqual(expect.arrayContaining(Object.entries(devDependencies)));
});
