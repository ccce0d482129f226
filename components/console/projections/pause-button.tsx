'use client';

import { OperationButton } from '#components/console/operations/operation-button.tsx';
import { useRequestProblem } from '#components/console/operations/use-request-problem.ts';
import { useConsole } from '#components/console/use-console.tsx';
import { type Follower, HOT_CONSUMER, JOURNAL } from './followers.ts';
import { PAUSE_EFFECT, PAUSE_HOT_EFFECT, RESUME_EFFECT } from './pause-effects.ts';

/** Pauses or resumes what can be; else it says why it cannot. */
export function PauseButton({
  follower,
}: {
  follower: Pick<Follower, 'name' | 'kind' | 'status'>;
}) {
  const { name, status } = follower;
  const { label } = useConsole().nameView(name);
  const problem = useRequestProblem();
  const isPaused = status === 'paused';
  const word = isPaused ? 'Resume' : 'Pause';
  return (
    <OperationButton
      kind={isPaused ? 'resume-projection' : 'pause-projection'}
      input={{ projection: name }}
      label={word}
      title={`${word} ${label}`}
      effect={isPaused ? RESUME_EFFECT : name === HOT_CONSUMER ? PAUSE_HOT_EFFECT : PAUSE_EFFECT}
      reason={toObstacle(follower) ?? problem}
      button={{ size: 'compact-xs' }}
    />
  );
}

function toObstacle({ name, kind, status }: Pick<Follower, 'name' | 'kind' | 'status'>) {
  if (name === JOURNAL) {
    return 'The journal cannot be paused: it is what keeps events when the stream has forgotten them. Pause the projections that read it.';
  }
  return kind === 'hot-view'
    ? `The hot views follow the stream together: ${status === 'paused' ? 'resume' : 'pause'} the consumer Hot views.`
    : null;
}
