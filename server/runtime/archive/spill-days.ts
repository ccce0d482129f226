import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareKeys, parseEventKey } from './event-line.ts';

/** Lines of events that are sorted into days on disk. */
export type DaySpill = {
  /** Adds lines of events, each with its day. */
  readonly add: (
    lines: readonly { readonly day: string; readonly line: string }[],
  ) => Promise<void>;
  readonly days: () => readonly string[];
  /** A day's lines, by aggregate and sequence; they are in memory at once. */
  readonly read: (day: string) => Promise<EventLine[]>;
  readonly close: () => Promise<void>;
};

/** An archived event as a line, with its key. */
export type EventLine = ReturnType<typeof parseEventKey> & { readonly line: string };

/** A temporary directory, readable by its owner only, with a file for each day. */
export async function createDaySpill(): Promise<DaySpill> {
  const directory = await mkdtemp(join(tmpdir(), 'playhead-archive-'));
  const days = new Set<string>();
  return {
    add: async (lines) => {
      const texts = new Map<string, string>();
      for (const { day, line } of lines) {
        texts.set(day, `${texts.get(day) ?? ''}${line}\n`);
      }
      for (const [day, text] of texts) {
        days.add(day);
        await appendFile(join(directory, day), text);
      }
    },
    days: () => [...days].sort(),
    read: async (day) => {
      const text = await readFile(join(directory, day), 'utf8');
      const lines = text.split('\n').slice(0, -1);
      return lines.map((line) => ({ ...parseEventKey(line), line })).sort(compareKeys);
    },
    close: () => rm(directory, { recursive: true, force: true }),
  };
}
