import type { Latency } from './send-through-domains.ts';

/** One line: how long answers and arrivals took, half of them and at most, and how often one was sent again. */
export function latencyText(latencies: readonly Latency[]): string {
  const half = (of: 'answered' | 'projected') => {
    const sorted = latencies.map((latency) => latency[of]).toSorted((a, b) => a - b);
    return `${Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0)} ms (at most ${Math.round(sorted.at(-1) ?? 0)})`;
  };
  const retries = latencies.reduce((sum, latency) => sum + latency.retries, 0);
  const again = retries === 0 ? '' : `, after ${retries} retries of what was answered 5xx or 409`;
  return `answered in ${half('answered')}, in the objects table after ${half('projected')}${again}`;
}
