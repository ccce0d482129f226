import { writeFile } from 'node:fs/promises';
import type { FullConfig } from '@playwright/test';
import { signInBy } from './sign-in.ts';

/** Signs in at the run's own Playhead, which has started by now, for all tests. */
export default async function globalSetup({ projects }: FullConfig): Promise<void> {
  const file = `${projects[0]?.use.storageState}`;
  await writeFile(file, JSON.stringify(await signInBy(process.env.E2E_SIGN_IN ?? '')));
}
