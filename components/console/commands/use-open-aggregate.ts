'use client';

import { useRouter } from 'next/navigation';
import { parseAggregateId } from '#lib/aggregate-id.ts';
import type { CommandResult } from '#lib/contracts/commands.ts';
import { useConsole } from '../use-console.tsx';

/** Opens the page of the aggregate of that type that an accepted command has written. */
export function useOpenAggregate(type: string): (result: CommandResult) => void {
  const router = useRouter();
  const { nameAggregate } = useConsole();
  return ({ tokens }) => {
    const written = tokens.find(({ aggregateId }) => parseAggregateId(aggregateId).type === type);
    if (written) {
      router.push(nameAggregate(written.aggregateId).href);
    }
  };
}
