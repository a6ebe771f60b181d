const STEPS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
] as const;

/** A duration in its largest unit: `3 d`, `5 h`, `12 m`, `40 s`. @param ms milliseconds; below zero counts as zero */
export function age(ms: number): string {
  for (const [unit, name] of STEPS) if (ms >= unit) return `${Math.floor(ms / unit)} ${name}`;
  return `${Math.max(0, Math.floor(ms / 1000))} s`;
}
