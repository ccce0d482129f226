/** Where archived events lie: objects by key, each written once. Keys are relative, with slashes. */
export type ArchiveStorage = {
  /** The archive's URL, as it was set. */
  readonly location: string;
  /** Writes an object; one that has the key already stays as it is. Throws ARCHIVE_UNAVAILABLE. */
  readonly put: (key: string, body: Uint8Array) => Promise<void>;
  /** An object's bytes; undefined when there is none. Throws ARCHIVE_UNAVAILABLE. */
  readonly get: (key: string) => Promise<Uint8Array | undefined>;
  /** The keys of all objects under a folder ("manifests/"), sorted. Throws ARCHIVE_UNAVAILABLE. */
  readonly list: (folder: string) => Promise<string[]>;
};
