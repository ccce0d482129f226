import { createHash } from 'node:crypto';

/** A UUID that is always the same for the same text: the form takes no other command ids. */
export function toUuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const groups = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(12, 15)}`,
    `8${hex.slice(15, 18)}`,
  ];
  return [...groups, hex.slice(18, 30)].join('-');
}
