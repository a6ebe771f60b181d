import { createHash } from 'node:crypto';
import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
}

interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}

/** Copies a cloud assembly with other templates, each under the name that its content gives it. */
export function changeTemplates(from: string, to: string, change: (template: Template) => unknown): void {
  cpSync(from, to, { recursive: true });
  const renamed = new Map<string, string>();
  for (const name of globSync('*.template.json', { cwd: to })) {
    const file = join(to, name);
    const before = readFileSync(file);
    const after = JSON.stringify(change(JSON.parse(before.toString('utf8'))));
    writeFileSync(file, after);
    renamed.set(sha256(before), sha256(after));
  }
  // A template is published under its hash: an emulator, like AWS, reads the object that it already has by that name.
  for (const name of ['manifest.json', ...globSync('*.assets.json', { cwd: to })]) {
    const file = join(to, name);
    let text = readFileSync(file, 'utf8');
    for (const [old, now] of renamed) text = text.replaceAll(old, now);
    writeFileSync(file, text);
  }
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
