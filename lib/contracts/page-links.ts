import { z } from 'zod';

/** Fields of a page of a list: the cursors of the pages behind and before it; null where there is none. */
export const PAGE_LINKS = {
  nextCursor: z.string().nullable(),
  previousCursor: z.string().nullable(),
};
