import { readFileSync } from 'node:fs';
import { dependencyFindings, type LockFile, type Manifest } from './dependency-findings.ts';

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));
const manifest = read('package.json') as Manifest;
const lock = read('package-lock.json') as LockFile;

const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
const licences = Map.groupBy(packages, ([, { license }]) => license ?? 'none');
const counts = [...licences].map(([name, all]) => `${name} ${all.length}`).join(', ');
console.log(`Dependencies: ${packages.length} packages (${counts})`);

const findings = dependencyFindings(manifest, lock);
for (const finding of findings) console.error(`  ${finding}`);
if (findings.length > 0) process.exitCode = 1;
