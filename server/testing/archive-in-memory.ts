import type { ArchiveStorage } from '#server/runtime/archive/archive-storage.ts';

/** An archive whose objects a test can alter and take away. */
export function createArchiveInMemory(): ArchiveStorage & {
  readonly objects: Map<string, Uint8Array>;
} {
  const objects = new Map<string, Uint8Array>();
  return {
    objects,
    location: 'memory:archive',
    put: async (key, body) => {
      if (!objects.has(key)) {
        objects.set(key, body);
      }
    },
    get: async (key) => objects.get(key),
    list: async (folder) => [...objects.keys()].filter((key) => key.startsWith(folder)).sort(),
  };
}
