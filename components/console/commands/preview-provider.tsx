'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { PreviewResult } from '#lib/contracts/commands.ts';

/** The server action that says what a command would come to. */
export type PreviewCommand = (type: string, input: unknown) => Promise<PreviewResult>;

const PreviewContext = createContext<PreviewCommand | null>(null);

export type PreviewProviderProps = { preview: PreviewCommand; children: ReactNode };

/** Gives every command's form its dry run. */
export function PreviewProvider({ preview, children }: PreviewProviderProps) {
  return <PreviewContext value={preview}>{children}</PreviewContext>;
}

/** Says what a command would come to. */
export function usePreviewCommand(): PreviewCommand {
  const preview = useContext(PreviewContext);
  if (preview === null) {
    throw new Error('There is no PreviewProvider around this.');
  }
  return preview;
}
