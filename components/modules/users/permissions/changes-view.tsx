'use client';

import { Button, Select } from '@mantine/core';
import { IconTable } from '@tabler/icons-react';
import Link from 'next/link';
import { parseAsString, useQueryStates } from 'nuqs';
import { FilterBar } from '#components/ui/filter-bar.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { SearchInput } from '#components/ui/search-input.tsx';
import { PERMISSIONS } from '#lib/modules/users/permissions.ts';
import { toUserId } from '#lib/modules/users/user-id.ts';
import { ChangesPanel } from './changes-panel.tsx';

/** Every change of anybody's permissions. */
export function ChangesView() {
  const [{ user, permission }, setFilters] = useQueryStates(
    { user: parseAsString, permission: parseAsString, cursor: parseAsString },
    { history: 'push' },
  );
  return (
    <>
      <PageHeader
        title="Changes of permissions"
        subtitle="Who granted and revoked what, as the “permission-matrix” projection has it"
        actions={
          <Button
            component={Link}
            href="/permissions"
            variant="default"
            leftSection={<IconTable size={16} aria-hidden />}
          >
            Matrix
          </Button>
        }
      />
      <FilterBar
        search={
          <SearchInput
            value={user ?? ''}
            onChange={(text) =>
              void setFilters({ user: (toUserId(text) ?? text.trim()) || null, cursor: null })
            }
            label="User id"
            placeholder="A user’s whole id"
          />
        }
        onClear={
          user === null && permission === null
            ? null
            : () => void setFilters({ user: null, permission: null, cursor: null })
        }
      >
        <Select
          aria-label="Permission"
          placeholder="Any permission"
          data={[...PERMISSIONS]}
          value={permission}
          onChange={(chosen) => void setFilters({ permission: chosen, cursor: null })}
          clearable
          searchable
        />
      </FilterBar>
      <ChangesPanel title="Changes" user={user} permission={permission} />
    </>
  );
}
