'use client';

import { createContext, type ReactNode, use } from 'react';
import type { Viewer } from '#lib/contracts/sign-in.ts';
import { holdsRight, type Right, SIGNED_IN, toRightText } from '#lib/rights.ts';

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

/** Whether the viewer holds a right; yes where that is not known: the server decides. */
export function useHolds(): (right: Right | typeof SIGNED_IN) => boolean {
  const viewer = useViewer();
  return (right) => viewer === undefined || right === SIGNED_IN || holdsRight(viewer.rights, right);
}

/** Why the viewer may not do something; null where they may, and where that is not known: the server decides. */
export function useMissingRight(right: Right): string | null {
  const holds = useHolds();
  return holds(right)
    ? null
    : `This needs the permission ${toRightText(right)}, which you do not have.`;
}
