'use client';

import { useRouter } from 'next/navigation';
import { z } from 'zod';
import { fetchApi } from '#components/ui/api-client.ts';
import { parseAggregateId } from '#lib/aggregate-id.ts';
import type { CommandResult } from '#lib/contracts/commands.ts';
import { useConsole } from '../use-console.tsx';

/**
 * Opens the page of the aggregate of that type that an accepted command has written: once the read models
 * that answer `api` ("/api/users") hold it, or at once without, for a page that reads the event store. Where it
 * takes too long the page says so itself.
 */
export function useOpenAggregate(type: string, api?: string): (result: CommandResult) => void {
  const router = useRouter();
  const { nameAggregate } = useConsole();

  async function open({ tokens }: CommandResult) {
    const written = tokens.find(({ aggregateId }) => parseAggregateId(aggregateId).type === type);
    if (written) {
      const { aggregateId, sequence } = written;
      if (api !== undefined) {
        const path = `${api}/${encodeURIComponent(parseAggregateId(aggregateId).id)}`;
        const params = { consistency: 'wait', sequence };
        await fetchApi(z.unknown(), path, { params }).catch(() => undefined);
      }
      router.push(nameAggregate(aggregateId).href);
    }
  }

  return (result) => void open(result);
}
