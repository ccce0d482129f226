'use client';

import { createContext, type ReactNode, use } from 'react';
import type { Viewer } from '#lib/contracts/sign-in.ts';
import { holdsRight, type Right, toRightText } from '#lib/rights.ts';

/** Who looks at the console; undefined while a database that would tell is down. */
const ViewerContext = createContext<Viewer | undefined>(undefined);

export function ViewerProvider({
  viewer,
  children,
}: {
  viewer: Viewer | undefined;
  children: ReactNode;
}) {
  return <ViewerContext value={viewer}>{children}</ViewerContext>;
}

/** Who looks at the console; undefined where that is not known. */
export function useViewer(): Viewer | undefined {
  return use(ViewerContext);
}

/** Why the viewer may not do something; null where they may, and where that is not known: the server decides. */
export function useMissingRight(right: Right): string | null {
  const viewer = useViewer();
  return viewer === undefined || holdsRight(viewer.rights, right)
    ? null
    : `This needs the permission ${toRightText(right)}, which you do not have.`;
}
