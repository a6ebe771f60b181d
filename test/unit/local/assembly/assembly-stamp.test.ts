import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AssemblyStamp } from '#local/assembly/assembly-stamp.ts';

/** A project of a few files, whose assembly has just been made. */
function project() {
  const root = mkdtempSync(join(tmpdir(), 'stamp-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('infra/app.ts', 'app');
  write('functions/ingress/lambda.ts', 'lambda');
  write('package-lock.json', '{}');
  const output = join(root, 'dist/local-dev');
  const synthesize = (templates = 'templates') => {
    write('dist/local-dev/manifest.json', templates);
    write('dist/functions/ingress/index.mjs', 'bundle');
  };
  const stamp = (stage = 'dev') => new AssemblyStamp(root, output, stage);
  const isCurrent = (stage?: string) => stamp(stage).isCurrent();
  const before = stamp();
  synthesize();
  before.write();
  return { root, write, stamp, synthesize, isCurrent };
}

describe('the stamp of an assembly', () => {
  it('spares the next start a synthesis', () => {
    expect(project().isCurrent()).toBe(true);
  });

  it.each([
    ['a source changes', 'functions/ingress/lambda.ts', 'another'],
    ['a source comes', 'shared/new.ts', ''],
    ['a package changes', 'package-lock.json', '{ }'],
    ['somebody synthesizes over it', 'dist/local-dev/manifest.json', 'templates of prod'],
  ])('is worth nothing when %s', (_, path, text) => {
    const { write, isCurrent } = project();

    write(path, text);

    expect(isCurrent()).toBe(false);
  });

  it('is worth nothing when a source goes, or the functions that were built with it', () => {
    const [one, other] = [project(), project()];

    rmSync(join(one.root, 'functions/ingress/lambda.ts'));
    rmSync(join(other.root, 'dist/functions'), { recursive: true });

    expect([one.isCurrent(), other.isCurrent()]).toEqual([false, false]);
  });

  it('is of one stage', () => {
    expect(project().isCurrent('prod')).toBe(false);
  });

  it('does not go by times, which a checkout changes', () => {
    const { root, isCurrent } = project();

    utimesSync(join(root, 'infra/app.ts'), new Date(), new Date());

    expect(isCurrent()).toBe(true);
  });

  it('does not vouch for what changed while the synthesis ran, nor for one that was broken off', () => {
    const { write, stamp, synthesize, isCurrent } = project();
    const during = stamp();
    during.remove();
    synthesize();
    expect(isCurrent()).toBe(false);

    write('infra/app.ts', 'changed meanwhile');
    during.write();

    expect(isCurrent()).toBe(false);
  });

  it('is not there before the first synthesis', () => {
    expect(new AssemblyStamp(tmpdir(), join(tmpdir(), 'no-assembly'), 'dev').isCurrent()).toBe(false);
  });
});
