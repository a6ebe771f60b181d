// @ts-check
// Asks iam-simulate, in a process of its own: one simulation a line in, one result a line out.
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const { runSimulation } = await import(pathToFileURL(process.argv[2] ?? '').href);

for await (const line of createInterface({ input: process.stdin })) {
  const answer = await runSimulation(JSON.parse(line), {});
  const result = answer.resultType === 'error' ? `error ${JSON.stringify(answer.errors)}` : answer.overallResult;
  process.stdout.write(`${result}\n`);
}
