import type { ChildExit } from './child.ts';

/** A database server that Playhead started; it answers when the promise of it resolves. */
export type Engine = {
  readonly pid: number;
  readonly port: number;
  readonly exited: Promise<ChildExit>;
  readonly stop: () => Promise<void>;
};

/** Where an engine keeps its data; on which port, when it must be the one it had before. */
export type EngineOptions = { readonly dataDir: string; readonly port?: number };
