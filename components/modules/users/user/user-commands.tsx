'use client';

import { CommandButton } from '#components/console/commands/command-button.tsx';
import type { IssueCommand } from '#components/console/commands/command-form.tsx';
import type { CommandResult } from '#lib/contracts/commands.ts';
import type { UserAnswer } from '#lib/modules/users/queries.ts';
import { ADMINISTER_USERS, commandsOf } from '#lib/rights.ts';
import { formatDay } from '#lib/time-format.ts';
import { DEACTIVATION_FIELDS, PROFILE_FIELDS, toPermissionFields } from '../user-forms.ts';
import { InviteButton } from './invite-button.tsx';

export type UserCommandsProps = {
  answer: UserAnswer;
  issue: IssueCommand;
  onAccepted: (result: CommandResult) => void;
};

/** What can be done with a user; each button that cannot be used says why. */
export function UserCommands({ answer, issue, onAccepted }: UserCommandsProps) {
  const { user, permissions } = answer;
  const { userId, name, email, deactivatedAt } = user;
  const common = {
    right: commandsOf('users'),
    issue,
    onAccepted,
    reason:
      deactivatedAt === null ? null : `The user was deactivated on ${formatDay(deactivatedAt)}.`,
  };
  return (
    <>
      <CommandButton
        {...common}
        type="UpdateUserProfile"
        label="Edit profile"
        title={`Edit the profile of ${name}`}
        button={{ variant: 'default' }}
        fields={PROFILE_FIELDS}
        given={{ userId, currentEmail: email }}
        initial={{ name, email }}
        submitLabel="Save profile"
      />
      <CommandButton
        {...common}
        right={ADMINISTER_USERS}
        type="ChangeUserPermissions"
        label="Change permissions"
        title={`Change the permissions of ${name}`}
        explanation="A permission is for one module, or with * for all of them."
        fields={toPermissionFields(permissions.map(({ permission }) => permission))}
        given={{ userId }}
        submitLabel="Change permissions"
      />
      <InviteButton userId={userId} name={name} reason={common.reason} />
      <CommandButton
        {...common}
        type="DeactivateUser"
        label="Deactivate"
        title={`Deactivate ${name}`}
        explanation={`${name} loses ${toLoss(permissions)}. The address ${email} stays theirs.`}
        button={{ variant: 'default' }}
        fields={DEACTIVATION_FIELDS}
        given={{ userId }}
        submitLabel="Deactivate user"
      />
    </>
  );
}

function toLoss(permissions: UserAnswer['permissions']): string {
  const names = permissions.map(({ permission }) => permission);
  return names.length === 0 ? 'access' : `access, and may no longer: ${names.join(', ')}`;
}
