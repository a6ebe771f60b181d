import { createHash } from 'node:crypto';
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whatever templates and bundles are made of. */
const SOURCES = ['{infra,functions,shared}/**/*.{ts,json}', '{package-lock,tsconfig,cdk,cdk.context}.json'];
/** Of every stage; the synthesis of another branch may have built them anew. */
const FUNCTIONS = join('dist', 'functions');
const FILE = '.made-from';

/** Says of the assembly in a folder what it was made from, so that nobody makes the same again. */
export class AssemblyStamp {
  readonly #sources: string;
  readonly #stage: string;
  readonly #output: string;
  readonly #functions: string;

  /**
   * Reads the sources as they are now: what changes while a synthesis runs is not in its stamp.
   * @param root the project's folder
   * @param output the assembly's folder
   */
  constructor(root: string, output: string, stage: string) {
    this.#sources = sourcesOf(root);
    this.#stage = stage;
    this.#output = output;
    this.#functions = join(root, FUNCTIONS);
  }

  /** Whether all was made from these sources, and nobody has written over it since. */
  isCurrent(): boolean {
    try {
      return this.#stands(this.#output, this.#ofAssembly()) && this.#stands(this.#functions, this.#sources);
    } catch {
      return false;
    }
  }

  /** Before a synthesis: one that is broken off must leave no assembly that seems whole. */
  remove(): void {
    for (const folder of [this.#output, this.#functions]) rmSync(join(folder, FILE), { force: true });
  }

  /** After a synthesis. */
  write(): void {
    writeFileSync(join(this.#output, FILE), this.#ofAssembly());
    writeFileSync(join(this.#functions, FILE), this.#sources);
  }

  /** The manifest names the templates by their contents. */
  #ofAssembly(): string {
    const manifest = readFileSync(join(this.#output, 'manifest.json'));
    return [this.#stage, this.#sources, createHash('sha256').update(manifest).digest('hex')].join(' ');
  }

  #stands(folder: string, expected: string): boolean {
    return readFileSync(join(folder, FILE), 'utf8') === expected;
  }
}

/** One hash of the contents of files, and not of their times, which a checkout changes. */
function sourcesOf(root: string): string {
  const hash = createHash('sha256').update(process.version);
  for (const source of globSync(SOURCES, { cwd: root }).toSorted())
    hash.update(`\0${source}\0`).update(readFileSync(join(root, source)));
  return hash.digest('hex');
}
