export interface CostPoint {
  readonly eventsPerMonth: number;
  readonly dollars: number;
}

const [WIDTH, HEIGHT, LEFT, RIGHT, BOTTOM, TOP] = [640, 320, 70, 20, 50, 30];

/** Dollars a month over events a month, both by powers of ten, as SVG. */
export function costPlot(points: readonly CostPoint[]): string {
  const xs = points.map(({ eventsPerMonth }) => Math.log10(eventsPerMonth));
  const ys = points.map(({ dollars }) => Math.log10(dollars));
  const [left, right, low, high] = [
    Math.min(...xs),
    Math.max(...xs),
    Math.floor(Math.min(...ys)),
    Math.ceil(Math.max(...ys)),
  ];
  const x = (value: number) => LEFT + ((value - left) / (right - left)) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => HEIGHT - BOTTOM - ((value - low) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  const line = points.map((_, i) => `${x(xs[i] ?? 0).toFixed(1)},${y(ys[i] ?? 0).toFixed(1)}`).join(' ');
  const marks = points.map(({ eventsPerMonth, dollars }, i) => {
    const [at, top] = [x(xs[i] ?? 0).toFixed(1), y(ys[i] ?? 0)];
    return [
      `<circle cx="${at}" cy="${top.toFixed(1)}" r="3.5" fill="#4f7cac"/>`,
      `<text x="${at}" y="${(top - 9).toFixed(1)}" text-anchor="middle">$${Math.round(dollars).toLocaleString('en')}</text>`,
      `<text x="${at}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${compact(eventsPerMonth)}</text>`,
    ].join('\n  ');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13" fill="#888">
  <title>Dollars a month over events a month</title>
  <text x="${LEFT}" y="16">dollars a month, all in</text>
  <polyline points="${line}" fill="none" stroke="#4f7cac" stroke-width="2"/>
  ${marks.join('\n  ')}
  <line x1="${LEFT}" y1="${HEIGHT - BOTTOM}" x2="${WIDTH - RIGHT}" y2="${HEIGHT - BOTTOM}" stroke="#888"/>
  <text x="${(WIDTH + LEFT) / 2}" y="${HEIGHT - 8}" text-anchor="middle">events a month</text>
</svg>
`;
}

/** `1,000,000` as `1 M`. */
export function compact(count: number): string {
  return Intl.NumberFormat('en', { notation: 'compact' }).format(count);
}
