import type { Registry } from 'prom-client';

/**
 * One line's value in Prometheus' text format: undefined when no series has that name and exactly
 * these labels.
 */
export function readMetric(
  text: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
  const wanted = [...pairs].sort().join();
  for (const line of text.split('\n')) {
    const [, found, inBraces = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (found === name && inBraces.split(',').sort().join() === wanted) {
      return Number(value);
    }
  }
  return undefined;
}

/** The same of a registry in this process. */
export async function readFrom(
  { registry }: { readonly registry: Registry },
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<number | undefined> {
  return readMetric(await registry.metrics(), name, labels);
}
