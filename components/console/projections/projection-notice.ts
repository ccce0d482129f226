import type { ProjectionStatus } from '#lib/contracts/queries.ts';
import type { ViewFreshness } from '#lib/contracts/system.ts';
import { type Follower, HOT_CONSUMER } from './followers.ts';

type Faring = Pick<ProjectionStatus, 'name' | 'status' | 'reason'> & {
  /** A projection, when it is left out. */
  readonly kind?: Follower['kind'];
};

/**
 * Why a projection or a consumer does not simply run, or why its view is not fresh, and what to do about
 * it; null when there is nothing to say.
 */
export function toProjectionNotice(faring: Faring, view?: ViewFreshness): string | null {
  const reason = faring.reason ?? view?.reason ?? null;
  const advice = toAdvice(faring);
  // An operator's own words end as they like.
  const sentence = reason === null || /[.!?]$/.test(reason) ? reason : `${reason}.`;
  return sentence === null ? null : [sentence, advice].filter(Boolean).join(' ');
}

function toAdvice({ name, status, kind }: Faring): string | null {
  switch (status) {
    case 'running':
    case 'stuck':
    case 'rebuilding':
      return 'It tries again by itself.';
    case 'blocked':
      return 'All others go on. The page Dead letters says at which events they wait, and mends it.';
    case 'paused':
      return `Resume it under Projections, or with npm run ops -- resume ${kind === 'hot-view' ? HOT_CONSUMER : name}.`;
    case 'outdated':
      // A hot view's reason says it: it is rebuilt in its place.
      return name === HOT_CONSUMER || kind === 'hot-view'
        ? null
        : `Rebuild it under Projections, or with npm run ops -- rebuild ${name}, then swap it in.`;
    case 'down':
    case 'unknown':
      return null;
  }
}
