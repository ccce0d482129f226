import type { ProjectionStatus } from '#lib/contracts/queries.ts';
import type { ViewFreshness } from '#lib/contracts/system.ts';

type Faring = Pick<ProjectionStatus, 'name' | 'status' | 'reason'>;

/**
 * Why a projection or a consumer does not simply run, or why its view is not fresh, and what to do about
 * it; null when there is nothing to say.
 */
export function toProjectionNotice(faring: Faring, view?: ViewFreshness): string | null {
  const { name, status } = faring;
  const reason = faring.reason ?? view?.reason ?? null;
  const advice = toAdvice(name, status);
  // An operator's own words end as they like.
  const sentence = reason === null || /[.!?]$/.test(reason) ? reason : `${reason}.`;
  return sentence === null ? null : [sentence, advice].filter(Boolean).join(' ');
}

function toAdvice(name: string, status: ProjectionStatus['status']): string | null {
  switch (status) {
    case 'running':
    case 'stuck':
    case 'rebuilding':
      return 'It tries again by itself.';
    case 'blocked':
      return `All others go on. See npm run ops -- dead-letters${name === 'hot-views' ? '' : ` --projection ${name}`}.`;
    case 'paused':
      return `It goes on with npm run ops -- resume ${name}.`;
    case 'outdated':
      // The hot views' reason names the one that is meant: it is rebuilt in its place.
      return name === 'hot-views' ? null : `Run npm run ops -- rebuild ${name}, then swap it in.`;
    case 'down':
    case 'unknown':
      return null;
  }
}
