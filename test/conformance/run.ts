import { runTrial } from '#local/terminal/run-trial.ts';
import { type ConformanceArguments, conformanceArguments, conformanceUsage } from './conformance-arguments.ts';
import { inCi } from './in-ci.ts';
import { judgeSuites } from './judge-suites.ts';
import { suitesFor } from './suites.ts';

const isCi = inCi(process.env);
const names = suitesFor({ pairs: 0, seed: 0 }).map(({ name }) => name);

process.exitCode = await runTrial<ConformanceArguments>(
  {
    usage: conformanceUsage(names),
    read: (args) => conformanceArguments(args, { suites: names, isCi }),
    run: async ({ only, pairs, seed }) => {
      const suites = suitesFor({ pairs, seed }).filter(({ name }) => only === undefined || name === only);
      return await judgeSuites(suites, { isCi, print: (line) => process.stdout.write(`${line}\n`) });
    },
  },
  process.argv.slice(2),
);
