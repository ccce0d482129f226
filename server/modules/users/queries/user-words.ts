import { sql } from 'drizzle-orm';
import { FOLD } from '#server/runtime/queries/search-terms.ts';
import { userProfiles } from '../views/user-profiles/user-profiles-table.ts';

/** What users are found by: name, address and id, folded, each on a line of its own behind a blank. */
export const USER_WORDS = sql`(' ' || ${FOLD}(${userProfiles.name})
  || E'\n ' || ${FOLD}(${userProfiles.email}) || E'\n ' || ${userProfiles.userId})`;
