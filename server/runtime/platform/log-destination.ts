import { writeSync } from 'node:fs';
import type { DestinationStream } from 'pino';
import { showUnseenLines } from '#lib/unseen-text.ts';

/** Lines that could not be written since this process began, on any destination. */
let droppedLines = 0;

/** How many log lines this process has dropped since it began. */
export function getDroppedLogLines(): number {
  return droppedLines;
}

/**
 * Writes log lines to a file descriptor, and never throws: a full disk must not stop the process that
 * wants to say so. A line that cannot be written is dropped and counted, and the first line that can be
 * written again is followed by one that says how many are missing. What a terminal would obey, and nobody
 * see, is written as JSON writes it.
 */
export function createLogDestination(
  fileDescriptor: number,
  write: (fileDescriptor: number, text: string) => number = writeSync,
): DestinationStream {
  let missing = 0;
  /** The disk became full in the middle of a line. */
  let isCutOff = false;

  function tryToWrite(line: string): boolean {
    const text = isCutOff ? `\n${line}` : line;
    try {
      const written = write(fileDescriptor, text);
      const isWhole = written === Buffer.byteLength(text);
      isCutOff = isWhole ? false : isCutOff || written > 0;
      return isWhole;
    } catch {
      return false;
    }
  }

  return {
    write: (line) => {
      if (!tryToWrite(showUnseenLines(line))) {
        missing += 1;
        droppedLines += 1;
      } else if (missing > 0 && tryToWrite(toNotice(missing))) {
        missing = 0;
      }
    },
  };
}

function toNotice(lines: number): string {
  const time = new Date().toISOString();
  return `${JSON.stringify({ level: 40, time, lines, msg: 'log lines before this one were dropped: they could not be written' })}\n`;
}
