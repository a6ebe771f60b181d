// @ts-check
// Runs one function's code in a worker thread. JavaScript on purpose: stripping types costs each thread 12 MB and 30 ms.
import { enableCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import './stays-local.mjs';

/**
 * @typedef {{ file: string, exportName: string, name: string, arn: string, memory: number }} Definition
 * @typedef {{ requestId: string, deadline: number, event: string }} Invocation
 */

/** @type {Definition} */
const definition = workerData;
const port = parentPort;
if (!port) throw new Error('This file runs as a worker thread only.');

// What V8 made of the code is kept in the system's temporary folder for the next thread with it: a fourth of a start.
enableCompileCache();

// What a function writes goes the way of its answer, and so arrives before it: ending the thread right after an
// invocation must not lose the lines of that invocation, which Lambda keeps too.
for (const stream of [process.stdout, process.stderr]) {
  /** @param {string | Uint8Array} chunk */
  stream.write = (chunk, ...rest) => {
    port.postMessage({ written: Buffer.from(chunk).toString('utf8') });
    const callback = rest.at(-1);
    if (typeof callback === 'function') callback();
    return true;
  };
}

/** @param {Invocation} invocation */
function contextOf({ requestId, deadline }) {
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: definition.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: definition.arn,
    memoryLimitInMB: String(definition.memory),
    logGroupName: `/aws/lambda/${definition.name}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

/** @param {unknown} thrown */
function describe(thrown) {
  return thrown instanceof Error
    ? { type: thrown.name, message: thrown.message }
    : { type: 'Error', message: String(thrown) };
}

const module = await import(definition.file);
const handler = module[definition.exportName];
if (typeof handler !== 'function') throw new Error(`${definition.file} exports no function ${definition.exportName}.`);

port.on('message', async (/** @type {Invocation} */ invocation) => {
  const { requestId, event } = invocation;
  try {
    const result = await handler(JSON.parse(event), contextOf(invocation));
    port.postMessage({ requestId, result: JSON.stringify(result) });
  } catch (thrown) {
    port.postMessage({ requestId, error: describe(thrown) });
  }
});
port.postMessage('ready');
