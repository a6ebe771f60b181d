import { isDeepStrictEqual } from 'node:util';
import { UNRECOGNIZED } from '#shared/catalogue/domains.ts';
import { longestPrefix } from '#shared/catalogue/longest-prefix.ts';
import { handlerName } from '#shared/naming/resource-names.ts';
import { objectKey } from '#shared/projection/object-key.ts';
import type { ChaosEvidence } from './chaos-evidence.ts';
import type { ChaosPlan } from './chaos-plan.ts';
import { rowKey } from './stored-state.ts';
import { type Telling, TOLD_LIVE } from './tellings.ts';

/** Types, with the ids under which consumers should have seen them. */
export interface TellingVerdict {
  /** Not published as the whole event, or not handled by the function of its domain. */
  readonly lost: readonly string[];
  /** Seen under the notification's id though the snapshot came in too. */
  readonly toldTwice: readonly string[];
  readonly wrongObjects: readonly string[];
}

/** Follows each change that Stripe told thin, or in both styles, to its handler and to its object's row. */
export function judgeTellings({ tellings }: ChaosPlan, { stage, witness, stored }: ChaosEvidence): TellingVerdict {
  const isHandled = ({ toldAs, type }: Telling) =>
    witness.handledBy.get(toldAs)?.includes(handlerName(stage, longestPrefix(type)?.domain ?? UNRECOGNIZED)) ?? false;
  const isShown = ({ type, object }: Telling) => {
    const key = objectKey({ type, livemode: TOLD_LIVE, data: { object } });
    const text = key && stored.objects.get(rowKey(key.object, key.scope))?.text;
    return text !== undefined && isDeepStrictEqual(JSON.parse(text), object);
  };
  const named = (found: readonly Telling[]) => found.map(({ type, toldAs }) => `${type} ${toldAs}`);
  return {
    lost: named(tellings.filter((one) => !witness.published.has(one.toldAs) || !isHandled(one))),
    toldTwice: named(
      tellings.filter(({ style, notification }) => style === 'both' && witness.published.has(notification)),
    ),
    wrongObjects: named(tellings.filter((one) => !isShown(one))),
  };
}
