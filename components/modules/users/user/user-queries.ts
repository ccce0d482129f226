import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { fetchApi } from '#components/ui/api-client.ts';
import { userAnswerSchema } from '#lib/modules/users/queries.ts';

/** The projections that a user's page shows. */
export const PROJECTIONS = ['user-profiles', 'permission-matrix'] as const;

/** The path of a user, or of a part of it, in the API. */
export function userPath(userId: string, part = ''): string {
  return `/api/users/${encodeURIComponent(userId)}${part && `/${part}`}`;
}

/** A user with their permissions, as the read models have them. */
export function useUser(userId: string) {
  return useQuery({
    queryKey: ['user', userId],
    queryFn: ({ signal }) => fetchApi(userAnswerSchema, userPath(userId), { signal }),
    placeholderData: keepPreviousData,
    meta: { follows: PROJECTIONS },
  });
}
