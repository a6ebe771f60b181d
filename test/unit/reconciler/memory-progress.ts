import type { JobState, ListProgress, ReconcileProgress } from '#shared/ports/reconcile-progress.ts';

const LEASE_MS = 15_000;

/** Progress without a database, in the form in which the table keeps it. */
export function memoryProgress(now: () => number): ReconcileProgress {
  const jobs = new Map<string, { owner: string; leaseUntil: number; state: string }>();
  const lists = new Map<string, Map<string, string>>();
  const put = (job: string, owner: string, state: JobState, leaseUntil: number) => {
    if (jobs.get(job)?.owner !== owner) return false;
    jobs.set(job, { owner, leaseUntil, state: JSON.stringify(state) });
    return true;
  };
  return {
    async take(job, owner) {
      const held = jobs.get(job);
      if (held !== undefined && held.leaseUntil > now() && held.owner !== owner) return undefined;
      jobs.set(job, { owner, leaseUntil: now() + LEASE_MS, state: held?.state ?? '{}' });
      return JSON.parse(held?.state ?? '{}');
    },
    lists: async (job) => [...(lists.get(job)?.values() ?? [])].map((text): ListProgress => JSON.parse(text)),
    save: async (job, owner, state) => put(job, owner, state, now() + LEASE_MS),
    async saveList(job, list) {
      lists.set(job, (lists.get(job) ?? new Map<string, string>()).set(list.list, JSON.stringify(list)));
    },
    async release(job, owner, state) {
      put(job, owner, state, 0);
    },
  };
}
