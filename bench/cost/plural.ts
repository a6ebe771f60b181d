/** `1 key`, `8 domains`, `1,000,000 events`. */
export function plural(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}
