'use client';

import { StateTable } from '#components/console/aggregate/time-machine/state-table.tsx';
import type {
  StateProps,
  TimeMachineParts,
} from '#components/console/aggregate/time-machine/time-machine-parts.ts';
import { joinPermissions } from './join-permissions.ts';

/** What the time machine of a user shows in a way of its own. */
export const USER_PARTS: TimeMachineParts = {
  beginning: 'the registration',
  order: ['status', 'name', 'email', 'permissions', 'registeredAt', 'lastEventAt', 'deactivatedAt'],
  State: UserState,
};

function UserState({ before, after }: StateProps) {
  return (
    <StateTable
      before={before && joinPermissions(before)}
      after={joinPermissions(after)}
      parts={USER_PARTS}
    />
  );
}
