'use client';

import { toPartQuery, useSystem } from '#components/console/system/use-system.ts';
import {
  type Follower,
  toConsumerFollowers,
  toHotViewFollowers,
  toProjectionFollowers,
} from './followers.ts';

/** The projections in PostgreSQL, as they fare now, or as was last known. */
export function useProjectionFollowers() {
  const query = useSystem();
  const { data } = query;
  const followers = data?.known.lag ? toProjectionFollowers(data) : null;
  return toPartQuery(query, followers, 'postgresql');
}

/** The views in DynamoDB. */
export function useHotViewFollowers() {
  const query = useSystem();
  return toPartQuery(query, query.data && toHotViewFollowers(query.data), 'dynamodb');
}

/** The stream's consumers. */
export function useConsumerFollowers() {
  const query = useSystem();
  const { data } = query;
  return toPartQuery(query, data?.known.consumers ? toConsumerFollowers(data) : null, 'dynamodb');
}

/** One of them all, by its name; null for what there is none of, undefined before anything is known. */
export function useFollower(name: string | null): Follower | null | undefined {
  const { data } = useSystem();
  if (data === undefined) {
    return undefined;
  }
  return (
    [
      ...toProjectionFollowers(data),
      ...toHotViewFollowers(data),
      ...toConsumerFollowers(data),
    ].find((follower) => follower.name === name) ?? null
  );
}
