'use client';

import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { ApiError, type ApiParams } from '#components/ui/api-client.ts';
import { notify } from '#components/ui/notify.ts';
import { type Exported, exportList } from './export-list.ts';

export type ExportButtonProps<Row> = { spec: Exported<Row>; params: ApiParams };

/** Saves the list as it is narrowed and sorted, as a file for spreadsheets. */
export function ExportButton<Row>({ spec, params }: ExportButtonProps<Row>) {
  const [busy, setBusy] = useState(false);

  async function save() {
    setBusy(true);
    try {
      const url = URL.createObjectURL(
        new Blob([await exportList(spec, params)], { type: 'text/csv' }),
      );
      const link = document.createElement('a');
      link.href = url;
      link.download = `${spec.title.toLowerCase().replaceAll(' ', '-')}.csv`;
      link.click();
      URL.revokeObjectURL(url);
    } catch (error) {
      const message = error instanceof ApiError ? error.message : 'Something unexpected happened.';
      notify({ color: 'red', title: 'The list was not exported', message });
    }
    setBusy(false);
  }

  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
      loading={busy}
      onClick={() => void save()}
    >
      Export
    </Button>
  );
}
