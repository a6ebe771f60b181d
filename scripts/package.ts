import { join, relative } from 'node:path';
import { buildPackage, TARBALL } from './package/build-package.ts';

const folder = join(import.meta.dirname, '../dist/package');
buildPackage(folder);
console.log(`Packed ${relative(process.cwd(), join(folder, TARBALL))}`);
