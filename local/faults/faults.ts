import { randomUUID } from 'node:crypto';
import type { ServiceName } from '../aws/aws-call.ts';
import type { Fault } from './fault.ts';

/** What a request is matched by. */
interface Attempt {
  readonly service: ServiceName;
  readonly operation: string;
  /** Path and body as text; only computed where a fault asks for it. */
  readonly text: () => string;
  /** Name of the function that asks, where one does. */
  readonly caller?: string | undefined;
}

/** The faults in force. The first one that matches a request breaks it. */
export class Faults {
  readonly #active = new Map<string, { readonly fault: Fault; toSkip: number; left: number }>();

  /** @returns an id by which it can be removed before it ends by itself */
  add(fault: Fault): string {
    const id = randomUUID();
    const left = fault.times === 'always' ? Number.POSITIVE_INFINITY : (fault.times ?? 1);
    this.#active.set(id, { fault, toSkip: fault.skip ?? 0, left });
    return id;
  }

  /** @returns whether it was still in force */
  remove(id: string): boolean {
    return this.#active.delete(id);
  }

  clear(): void {
    this.#active.clear();
  }

  /** What is in force, and how many more requests each will break (`null`: any number). */
  list(): { id: string; fault: Fault; left: number | null }[] {
    return [...this.#active].map(([id, { fault, left }]) => ({ id, fault, left: Number.isFinite(left) ? left : null }));
  }

  /** Takes the fault that this request meets and counts it; `undefined` lets the request through. */
  take({ service, operation, text: readText, caller }: Attempt): Fault | undefined {
    let text: string | undefined;
    for (const [id, entry] of this.#active) {
      const { fault } = entry;
      if (fault.service !== service || (fault.operation !== '*' && fault.operation !== operation)) continue;
      if (fault.callers !== undefined && (caller === undefined || !fault.callers.includes(caller))) continue;
      if (fault.match !== undefined) {
        text ??= readText();
        if (!text.includes(fault.match)) continue;
      }
      if (fault.except !== undefined) {
        text ??= readText();
        if (text.includes(fault.except)) continue;
      }
      if (entry.toSkip > 0) {
        entry.toSkip -= 1;
        continue;
      }
      entry.left -= 1;
      if (entry.left <= 0) this.#active.delete(id);
      fault.onMet?.(caller);
      return fault;
    }
    return undefined;
  }
}
