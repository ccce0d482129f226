'use client';

import { Skeleton } from '@mantine/core';
import type { PanelQuery } from '#components/ui/panel.tsx';
import type { Freshness } from '#lib/contracts/queries.ts';
import { FreshnessBadge } from './freshness-badge.tsx';

export type FreshnessOfProps = {
  query: Pick<PanelQuery<{ readonly freshness: Freshness }>, 'data' | 'error'>;
};

/** How fresh what was read is. Its place is kept while it is read: what comes into a full line breaks it. */
export function FreshnessOf({ query: { data, error } }: FreshnessOfProps) {
  if (data !== undefined) {
    return <FreshnessBadge freshness={data.freshness} />;
  }
  return error ? null : <Skeleton width={165} height={22} radius="xl" />;
}
