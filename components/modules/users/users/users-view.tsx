'use client';

import { IconPlus } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { CommandButton } from '#components/console/commands/command-button.tsx';
import type { IssueCommand } from '#components/console/commands/command-form.tsx';
import { ListView } from '#components/console/list/list-view.tsx';
import { parseAggregateId } from '#lib/aggregate-id.ts';
import type { CommandResult } from '#lib/contracts/commands.ts';
import { awaitUser } from '../user/user-queries.ts';
import { REGISTER_FIELDS } from '../user-forms.ts';
import { USERS_LIST } from './users-list.tsx';

/** Every user of the console. */
export function UsersView({ issue }: { issue: IssueCommand }) {
  const router = useRouter();
  async function show({ tokens }: CommandResult) {
    const user = tokens
      .map(({ aggregateId, sequence }) => ({ ...parseAggregateId(aggregateId), sequence }))
      .find(({ type }) => type === 'user');
    if (user) {
      // The page says so itself where the read models have not come to it.
      await awaitUser(user.id, user.sequence).catch(() => undefined);
      router.push(`/users/${encodeURIComponent(user.id)}`);
    }
  }
  return (
    <ListView
      spec={USERS_LIST}
      actions={
        <CommandButton
          type="RegisterUser"
          label="Register user"
          title="Register a user"
          explanation="An address is one user’s at a time. What the user may do is granted on their page."
          button={{ leftSection: <IconPlus size={16} aria-hidden /> }}
          fields={REGISTER_FIELDS}
          issue={issue}
          onAccepted={(result) => void show(result)}
        />
      }
      begin={{ hint: 'Register the first one: “Register user” above.' }}
    />
  );
}
