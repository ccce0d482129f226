'use client';

import { useHealth } from '#components/console/system/use-system.ts';

/** Why no operation can be asked for now; null while one can. */
export function useRequestProblem(): string | null {
  const { data: health, error } = useHealth();
  if (error) {
    return 'The console’s web server does not answer.';
  }
  return health?.postgresql.state === 'down'
    ? 'PostgreSQL does not answer, and it keeps what operators ask for.'
    : null;
}
