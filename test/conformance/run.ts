import { runTrial } from '#local/terminal/run-trial.ts';
import { exitOnSignal } from '../exit-on-signal.ts';
import { type ConformanceArguments, conformanceArguments, conformanceUsage } from './conformance-arguments.ts';
import { inCi } from './in-ci.ts';
import { inOwnProcess } from './in-own-process.ts';
import { judgeSuites } from './judge-suites.ts';
import { suitesFor } from './suites.ts';

exitOnSignal();
const isCi = inCi(process.env);
const names = suitesFor({ pairs: 0, seed: 0 }).map(({ name }) => name);

process.exitCode = await runTrial<ConformanceArguments>(
  {
    usage: conformanceUsage(names),
    read: (args) => conformanceArguments(args, { suites: names, isCi }),
    run: async ({ only, pairs, seed }) => {
      const chosen = { pairs, seed };
      const suites = suitesFor(chosen).filter(({ name }) => only === undefined || name === only);
      const asked = suites.map((suite) => inOwnProcess(suite, chosen));
      return await judgeSuites(asked, { isCi, print: (line) => process.stdout.write(`${line}\n`) });
    },
  },
  process.argv.slice(2),
);
