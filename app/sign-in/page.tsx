import type { Metadata } from 'next';
import { SignInPage } from '#components/console/sign-in/sign-in-page.tsx';
import { toLocalPath } from '#lib/local-path.ts';
import { getWebContext } from '#server/web/context.ts';

export const metadata: Metadata = { title: 'Sign in' };

/** Why the provider let nobody in: an address can bring no sentence of its own. */
const PROBLEMS: ReadonlyMap<string, string> = new Map([
  ['unknown-account', 'Nobody here is linked to that account: open an invitation first.'],
  ['provider', 'The provider’s answer could not be verified. Try again.'],
]);

type Route = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** /sign-in?next=: everybody may see it. */
export default async function Page({ searchParams }: Route) {
  const { next, problem } = await searchParams;
  const { provider } = getWebContext();
  return (
    <SignInPage
      next={toLocalPath(next)}
      provider={provider?.name ?? null}
      problem={PROBLEMS.get(`${problem}`) ?? null}
    />
  );
}
