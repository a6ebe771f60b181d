import type { Mode } from '#shared/destinations/stripe-configuration.ts';
import { errorCode } from '#shared/errors/pipeline-error.ts';
import type { ListProgress } from '#shared/ports/reconcile-progress.ts';
import type { ReconcileOrder } from '#shared/reconcile/reconcile-order.ts';
import type { FailedList } from '#shared/reconcile/reconcile-report.ts';
import { listAccounts } from '#shared/stripe/list-accounts.ts';
import { byActivity } from './by-activity.ts';
import { type Expected, expectedDestinations } from './expected-destinations.ts';
import { failedList } from './failed-list.ts';
import type { List } from './list.ts';
import type { ReconcilerPorts } from './ports.ts';

export interface FoundLists {
  readonly lists: readonly List[];
  readonly failed: readonly FailedList[];
  readonly withoutKey: readonly Mode[];
}

/** More accounts could not be listed, and then looked at, in one invocation. */
const MAX_ACCOUNTS = 30_000;
const MODES: readonly Mode[] = ['live', 'test'];

/**
 * The lists that there is something to compare with: a style and a kind of accounts that no destination brings is none.
 * The own account's come first, then those of connected accounts, the active ones first.
 * @param known how far each list was compared in earlier rounds
 * @throws whatever is not Stripe's answer
 */
export async function findLists(
  ports: ReconcilerPorts,
  order: ReconcileOrder | undefined,
  known: ReadonlyMap<string, ListProgress>,
  signal: AbortSignal,
): Promise<FoundLists> {
  const lists: List[] = [];
  const failed: FailedList[] = [];
  const withoutKey: Mode[] = [];
  for (const mode of MODES) {
    try {
      const expected = await expectedDestinations(ports, mode, signal);
      const accounts = accountsMeant(ports, mode, order?.account);
      if (accounts.own) lists.push(...listsOf(mode, expected, 'own', undefined), ...lostOf(mode, expected));
      if (!accounts.connected || !expected.some(({ accounts: whose }) => whose === 'connected')) continue;
      const ids = order?.account === undefined ? await allAccounts(ports, mode, signal) : [order.account];
      lists.push(...ids.slice(0, MAX_ACCOUNTS).flatMap((id) => listsOf(mode, expected, 'connected', id)));
      if (ids.length > MAX_ACCOUNTS) {
        const message = `There are more than ${MAX_ACCOUNTS} connected accounts: the newest are compared, the others by fanout reconcile --account.`;
        failed.push({ list: `${mode}#accounts`, code: 'too_many_accounts', message });
      }
    } catch (error) {
      // Who sends test events to the stage of a live account need not keep a key for them.
      if (errorCode(error) === 'stripe_key_missing') withoutKey.push(mode);
      else failed.push(failedList(mode, error));
    }
  }
  return { lists: byActivity(lists, known, ports.clock.now(), order !== undefined), failed, withoutKey };
}

function accountsMeant({ configuration }: ReconcilerPorts, mode: Mode, account: string | undefined) {
  const isOwn = account === configuration.accounts[mode];
  return { own: account === undefined || isOwn, connected: account === undefined || !isOwn };
}

function listsOf(
  mode: Mode,
  expected: readonly Expected[],
  kind: 'own' | 'connected',
  account: string | undefined,
): List[] {
  return (['snapshot', 'thin'] as const).flatMap((payload): List[] => {
    const destinations = expected.filter((one) => one.payload === payload && one.accounts === kind);
    if (destinations.length === 0) return [];
    const name = [mode, payload, account ?? 'own'].join('#');
    return [{ name, mode, payload, destinations, ...(account !== undefined && { account }) }];
  });
}

/** Announced to the own account, whosever events they would have been. */
function lostOf(mode: Mode, destinations: readonly Expected[]): List[] {
  if (destinations.length === 0) return [];
  return [{ name: `${mode}#lost`, mode, payload: 'thin', isOfLost: true, destinations }];
}

async function allAccounts({ stripe }: ReconcilerPorts, mode: Mode, signal: AbortSignal): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = await listAccounts(stripe, mode === 'live', after, signal);
    ids.push(...page.ids);
    after = page.next;
  } while (after !== undefined && ids.length <= MAX_ACCOUNTS);
  return ids;
}
