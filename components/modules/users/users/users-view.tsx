'use client';

import { IconPlus } from '@tabler/icons-react';
import { CommandButton } from '#components/console/commands/command-button.tsx';
import type { IssueCommand } from '#components/console/commands/command-form.tsx';
import { useOpenAggregate } from '#components/console/commands/use-open-aggregate.ts';
import { ListView } from '#components/console/list/list-view.tsx';
import { commandsOf } from '#lib/rights.ts';
import { REGISTER_FIELDS } from '../user-forms.ts';
import { USERS_LIST } from './users-list.tsx';

/** Every user of the console. */
export function UsersView({ issue }: { issue: IssueCommand }) {
  const open = useOpenAggregate('user', '/api/users');
  return (
    <ListView
      spec={USERS_LIST}
      actions={
        <CommandButton
          right={commandsOf('users')}
          type="RegisterUser"
          label="Register user"
          title="Register a user"
          explanation="An address is one user’s at a time. What the user may do is granted on their page."
          button={{ leftSection: <IconPlus size={16} aria-hidden /> }}
          fields={REGISTER_FIELDS}
          issue={issue}
          onAccepted={open}
        />
      }
      begin={{ hint: 'Register the first one: “Register user” above.' }}
    />
  );
}
