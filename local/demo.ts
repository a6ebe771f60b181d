import { join } from 'node:path';
import { demoTrial } from './demo/demo-trial.ts';
import { runTrial } from './terminal/run-trial.ts';

/** Real milliseconds from the start of the process: several times what a slow and busy machine takes. */
const DEADLINE_MS = 300_000;

const assembly = join(import.meta.dirname, '..', 'dist', 'demo');
process.exitCode = await runTrial(demoTrial(assembly, DEADLINE_MS), process.argv.slice(2));
