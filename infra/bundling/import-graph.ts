import { dirname, join } from 'node:path';
import type { Metafile } from 'esbuild';

/** Output files that a function needs, by how they are reached; names as in the metafile. */
export interface ImportGraph {
  /** Loaded at a cold start: the entry and what it imports statically, directly or not. */
  readonly static: readonly string[];
  /** Loaded when a rare path first needs them. */
  readonly dynamic: readonly string[];
}

type Import = Metafile['outputs'][string]['imports'][number];

/** Which of the output files one entry can reach. */
export function importGraph(outputs: Metafile['outputs'], entry: string): ImportGraph {
  const atStart = reach(outputs, [entry], ({ kind }) => kind === 'import-statement');
  const ever = reach(outputs, [entry], () => true);
  return { static: [...atStart], dynamic: [...ever].filter((file) => !atStart.has(file)) };
}

function reach(outputs: Metafile['outputs'], from: readonly string[], follow: (edge: Import) => boolean): Set<string> {
  const reached = new Set(from);
  // A Set visits what is added while it is walked.
  for (const file of reached) {
    for (const edge of (outputs[file]?.imports ?? []).filter(follow)) {
      const target = edge.external === true ? join(dirname(file), edge.path) : edge.path;
      // What is in no output is Node's own.
      if (target in outputs) reached.add(target);
    }
  }
  return reached;
}
