'use client';

import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import Link from 'next/link';
import { parseAsString, useQueryStates } from 'nuqs';
import { ListView } from '#components/console/list/list-view.tsx';
import { usePreferences } from '#components/ui/preferences.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import type { TimeZoneChoice } from '#lib/time-format.ts';
import { toMoment, toMomentText } from './as-of.ts';
import { AsOfInput } from './as-of-input.tsx';
import { MatrixTable } from './matrix-table.tsx';
import { PERMISSIONS_LIST } from './permissions-list.tsx';

function toPast(at: string, zone: TimeZoneChoice): string {
  return `As it was ${toMomentText(at, zone)}; names are as they are now`;
}

/** Who may do what, now or at a time before. */
export function PermissionsView() {
  const { timeZone } = usePreferences();
  const [{ at }, setAt] = useQueryStates(
    { at: parseAsString, cursor: parseAsString },
    { history: 'push' },
  );
  const show = (moment: string | null) => void setAt({ at: moment, cursor: null });
  const subtitle =
    at === null ? (
      PERMISSIONS_LIST.subtitle
    ) : (
      <>
        <StatusBadge tone="accent">In the past</StatusBadge> {toPast(at, timeZone)}
      </>
    );
  return (
    <ListView
      spec={{ ...PERMISSIONS_LIST, subtitle }}
      Table={MatrixTable}
      filter={{
        control: <AsOfInput day={at?.slice(0, 10) ?? ''} onChange={(day) => show(day || null)} />,
        params: { at: at === null ? null : toMoment(at) },
        isSet: at !== null,
        clear: () => show(null),
      }}
      actions={
        <Button
          component={Link}
          href="/permissions/changes"
          variant="default"
          leftSection={<IconHistory size={16} aria-hidden />}
        >
          Changes
        </Button>
      }
      begin={{ hint: 'Register a user on the page “Users”, and grant permissions there.' }}
    />
  );
}
