import { formatRate } from '#lib/count-format.ts';

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** A size on the disk for people: "1.4 MB". Pure. */
export function toSize(bytes: number): string {
  const power = bytes < 1_000 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3));
  return `${formatRate(bytes / 1_000 ** power)} ${UNITS[power]}`;
}
