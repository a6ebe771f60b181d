/** Ends a process that leads a group, and all that it started; where there are no groups, the process alone. */
export function killGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? leader : -leader, 'SIGKILL');
  } catch {
    // All of it has ended.
  }
}
