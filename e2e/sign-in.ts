import { devices, request } from '@playwright/test';

/** What the tests' browser calls itself: a session is that browser's alone. */
export const USER_AGENT = devices['Desktop Chrome'].userAgent;

/** The line of a start by which its operator signs in. */
export const SIGN_IN_LINE = /^Sign in \(once.*\): (?<e2e_sign_in>\S+)$/m;

/** Cookies and the like of somebody who is signed in, for a browser's new context. */
export type SignedIn = Awaited<
  ReturnType<Awaited<ReturnType<typeof request.newContext>>['storageState']>
>;

/** Signs in by the link that a start has printed. Throws when it is no good. */
export async function signInBy(output: string): Promise<SignedIn> {
  const link = new URL(SIGN_IN_LINE.exec(output)?.groups?.e2e_sign_in ?? output);
  const program = await request.newContext({ userAgent: USER_AGENT });
  try {
    const data = { code: link.hash.slice(1) };
    const response = await program.post(`${link.origin}/api/sign-in/link`, { data });
    if (!response.ok()) {
      throw new Error(`The sign-in was refused: ${await response.text()}`);
    }
    return await program.storageState();
  } finally {
    await program.dispose();
  }
}
