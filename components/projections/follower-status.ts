import { LATE_SECONDS, TROUBLE_SECONDS } from '#components/ui/lag-tone.ts';
import type { Tone } from '#components/ui/tone.ts';
import type { ProjectionStatus } from '#lib/contracts/queries.ts';

type Follower = {
  readonly status: ProjectionStatus['status'];
  readonly eventsBehind: number;
  readonly secondsBehind: number;
};

/** How a consumer or projection fares, in one word: trouble first, then how late it is. */
export function toFollowerStatus(follower: Follower): { tone: Tone; word: string } {
  switch (follower.status) {
    case 'down':
      return { tone: 'bad', word: 'Down' };
    case 'stuck':
      return { tone: 'bad', word: 'Stuck' };
    case 'blocked':
      return { tone: 'bad', word: 'Blocked' };
    case 'outdated':
      return { tone: 'bad', word: 'Outdated' };
    case 'paused':
      return { tone: 'warn', word: 'Paused' };
    case 'rebuilding':
      return { tone: 'accent', word: 'Rebuilding' };
    case 'unknown':
      return { tone: 'neutral', word: 'Unknown' };
    case 'running':
      return toLagStatus(follower);
  }
}

function toLagStatus({ eventsBehind, secondsBehind }: Follower): { tone: Tone; word: string } {
  if (eventsBehind === 0) {
    return { tone: 'good', word: 'Up to date' };
  }
  if (secondsBehind < LATE_SECONDS) {
    return { tone: 'good', word: 'Following' };
  }
  return { tone: secondsBehind < TROUBLE_SECONDS ? 'warn' : 'bad', word: 'Catching up' };
}
