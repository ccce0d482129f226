import { z } from 'zod';

/**
 * A list of which what cannot be read is left out: one entry of a newer or an older version of the
 * program, or of somebody else, does not keep the others from being read.
 */
export function listOf<Entry extends z.ZodType>(entry: Entry) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((entries) =>
      entries.flatMap((each): z.output<Entry>[] => {
        const parsed = entry.safeParse(each);
        return parsed.success ? [parsed.data] : [];
      }),
    );
}
