import type { Rebuild, Rebuilds } from '#lib/contracts/rebuilds.ts';

/** Whether a new generation is being filled, or waits to be swapped in. */
export function isActive({ status }: Pick<Rebuild, 'status'>): boolean {
  return status === 'running' || status === 'ready';
}

/** Where a projection's rebuild stands: what of it can be worked on. */
export type RebuildState = {
  readonly filling: Rebuild | null;
  readonly ready: Rebuild | null;
  /** The newest one, when it failed: its tables are kept until it is discarded or begun anew. */
  readonly failed: Rebuild | null;
  /** The swap whose previous generation is kept. */
  readonly kept: Rebuild | null;
};

/** Where the rebuild of a projection stands. Pure. */
export function toRebuildState({ items, kept }: Pick<Rebuilds, 'items' | 'kept'>): RebuildState {
  const find = (status: Rebuild['status']) => items.find((each) => each.status === status) ?? null;
  return { filling: find('running'), ready: find('ready'), failed: find('failed'), kept };
}

/** Why no rebuild can be begun now; null when one can. Pure. */
export function toBeginObstacle({ filling, ready }: RebuildState): string | null {
  if (filling !== null) {
    return `Rebuild ${filling.id} is being filled: wait for it, or cancel it.`;
  }
  return ready === null ? null : `Rebuild ${ready.id} is ready: swap it in, or discard it.`;
}

/** Why the previous generation cannot serve again now; null when it can. Pure. */
export function toRollBackObstacle(state: RebuildState, codeVersion: number | null): string | null {
  const previous = state.kept?.previous ?? null;
  if (previous === null) {
    return 'No previous generation is kept: there is one after a swap.';
  }
  return previous.version === codeVersion
    ? toBeginObstacle(state)
    : `The previous generation is of version ${previous.version}, and only that version of the program can bring it up to date; this one has version ${codeVersion}.`;
}
