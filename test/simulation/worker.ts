import { parentPort, workerData } from 'node:worker_threads';
import { perform } from './task.ts';

// Errors are answers here by the million, and nobody reads where they came from.
Error.stackTraceLimit = 0;
// Time stands still: a real timer for each invocation of each run would do nothing but fill the memory until it fires.
AbortSignal.timeout = () => new AbortController().signal;

parentPort?.postMessage(await perform(workerData));
