'use client';

import { createContext, type ReactNode, useContext, useState } from 'react';
import type { ConsoleModule } from './console-module.ts';
import { type ConsoleWords, createConsoleWords } from './console-words.ts';

const ConsoleContext = createContext<ConsoleWords | null>(null);

export type ConsoleProviderProps = { modules: readonly ConsoleModule[]; children: ReactNode };

/** Gives the console its modules. */
export function ConsoleProvider({ modules, children }: ConsoleProviderProps) {
  const [words] = useState(() => createConsoleWords(modules));
  return <ConsoleContext value={words}>{children}</ConsoleContext>;
}

/** The modules' words. */
export function useConsole(): ConsoleWords {
  const words = useContext(ConsoleContext);
  if (words === null) {
    throw new Error('There is no ConsoleProvider around this.');
  }
  return words;
}
