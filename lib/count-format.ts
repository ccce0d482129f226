const COUNT = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const RATE = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** A count for people: "24,537". */
export function formatCount(count: number): string {
  return COUNT.format(count);
}

/** A rate for people, with one decimal below ten: "0.4", "1,260". */
export function formatRate(perSecond: number): string {
  return (Math.abs(perSecond) < 10 ? RATE : COUNT).format(perSecond);
}

/** A count with its noun: "1 event", "142 events". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
