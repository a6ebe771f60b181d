import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A template's resources by logical id. */
export type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties: object }>>;

/**
 * The synthesized assembly with one more stack, as another team in the same account would deploy it beside ours.
 * @returns the folder, and what removes it
 */
export function assemblyWith(name: string, resources: Resources): { folder: string; remove: () => void } {
  const own = resolve('cdk.out');
  const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
  for (const entry of readdirSync(own)) {
    if (entry !== 'manifest.json') symlinkSync(join(own, entry), join(folder, entry));
  }
  const manifest = JSON.parse(readFileSync(join(own, 'manifest.json'), 'utf8'));
  const templateFile = `${name}.template.json`;
  manifest.artifacts[name] = { type: 'aws:cloudformation:stack', properties: { templateFile } };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, templateFile), JSON.stringify({ Resources: resources }));
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
