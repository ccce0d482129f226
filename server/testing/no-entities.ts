import type { ToEntityRow } from '#server/runtime/webhooks/entity-rows.ts';

/** For webhooks that are sent events. */
export const noEntities: ToEntityRow = async () => undefined;
