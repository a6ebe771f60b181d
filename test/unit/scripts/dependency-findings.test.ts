import { describe, expect, it } from 'vitest';
import { dependencyFindings, type LockFile, type Manifest } from '../../../scripts/dependency-findings.ts';

const manifest: Manifest = { devDependencies: { good: '1.2.3' }, allowScripts: { built: false } };
const good = { version: '1.2.3', license: 'MIT', integrity: 'sha512-x' };
const findings = (packages: LockFile['packages'], changed: Manifest = {}) =>
  dependencyFindings({ ...manifest, ...changed }, { packages: { '': {}, 'node_modules/good': good, ...packages } });

describe('the check of dependencies', () => {
  it('is content with pinned, licensed, hashed packages whose scripts are decided', () => {
    expect(findings({ 'node_modules/built': { ...good, hasInstallScript: true } })).toEqual([]);
  });

  it.each([
    ['a version range', {}, { devDependencies: { good: '^1.2.3' } }, 'good is "^1.2.3"'],
    ['a licence that binds users', { 'node_modules/bad': { ...good, license: 'AGPL-3.0' } }, {}, '"AGPL-3.0"'],
    ['a package without a licence', { 'node_modules/bad': { integrity: 'x' } }, {}, '"none"'],
    ['a package without a hash', { 'node_modules/bad': { license: 'MIT' } }, {}, 'no integrity hash'],
    [
      'an install script nobody decided on',
      { 'node_modules/good/node_modules/@x/bad': { ...good, hasInstallScript: true } },
      {},
      'wants to run a script',
    ],
  ])('names %s', (_what, packages, changed, said) => {
    expect(findings(packages, changed)).toEqual([expect.stringContaining(said)]);
  });

  it('names the platforms that a native package lacks', () => {
    const part = { ...good, os: ['darwin'], cpu: ['arm64'] };

    expect(findings({ 'node_modules/@x/tool-darwin-arm64': part })).toEqual([
      expect.stringMatching(/@x\/tool has no part for linux x64/),
      expect.stringMatching(/@x\/tool has no part for win32 x64/),
    ]);
  });

  it('lets a package that comes inside another one have no hash of its own', () => {
    expect(findings({ 'node_modules/good/node_modules/inner': { license: 'MIT', inBundle: true } })).toEqual([]);
  });
});
