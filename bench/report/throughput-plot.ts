import type { PipelineRun } from '../pipeline/pipeline-run.ts';

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [640, 300, 60, 50, 30];

/** Bars of events a second by the size of the ledger, as SVG that is read on a light and on a dark page. */
export function throughputPlot(runs: readonly PipelineRun[]): string {
  const highest = Math.max(...runs.map(({ eventsPerSecond }) => eventsPerSecond)) * 1.1;
  const slot = (WIDTH - LEFT) / runs.length;
  const bars = runs.map(({ known, eventsPerSecond }, i) => {
    const height = (eventsPerSecond / highest) * (HEIGHT - TOP - BOTTOM);
    const [x, y] = [LEFT + i * slot + slot * 0.2, HEIGHT - BOTTOM - height];
    const middle = (x + slot * 0.3).toFixed(1);
    return [
      `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${(slot * 0.6).toFixed(1)}" height="${height.toFixed(1)}" fill="#4f7cac"/>`,
      `<text x="${middle}" y="${(y - 6).toFixed(1)}" text-anchor="middle">${eventsPerSecond.toFixed(0)}</text>`,
      `<text x="${middle}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${known.toLocaleString('en')}</text>`,
    ].join('\n  ');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13" fill="#888">
  <title>Events a second by the size of the ledger</title>
  <text x="${LEFT}" y="16">events a second, end to end</text>
  ${bars.join('\n  ')}
  <line x1="${LEFT}" y1="${HEIGHT - BOTTOM}" x2="${WIDTH}" y2="${HEIGHT - BOTTOM}" stroke="#888"/>
  <text x="${(WIDTH + LEFT) / 2}" y="${HEIGHT - 8}" text-anchor="middle">events in the ledger before</text>
</svg>
`;
}
