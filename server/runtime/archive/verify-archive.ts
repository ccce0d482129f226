import { listArchivedAggregates } from '#server/runtime/event-store/archived-aggregates.ts';
import { type ArchiveProblem, checkObjects } from './check-objects.ts';
import { toKeyText } from './event-line.ts';
import { getItemLines } from './get-items.ts';
import type { ArchiveDeps } from './run-archive.ts';
import { forgetVerification, noteVerification } from './verification.ts';

const MAX_LISTED = 100;

/** What a reading of the whole archive came to. */
export type ArchiveVerification = {
  readonly runs: number;
  readonly objects: number;
  /** Events of the archive that were read. */
  readonly events: number;
  /** Of them those that are in the events table too, and were compared with it. */
  readonly compared: number;
  /** Of them those that were removed from the events table: the archive alone has them. */
  readonly removed: number;
  /** Single things that are wrong. */
  readonly different: number;
  /** The first hundred of them. */
  readonly problems: readonly ArchiveProblem[];
};

/**
 * Reads the whole archive back, and compares it with its manifests and with the events table: each
 * archived event must be there, byte for byte, unless it was removed on request. Without a difference it is
 * kept that the archive was verified, which `removeArchived` asks for. Throws what the databases and the
 * storage throw, but for damaged objects, which are what it looks for.
 */
export async function verifyArchive(
  { dynamo, storage, now }: Pick<ArchiveDeps, 'dynamo' | 'storage' | 'now'>,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<ArchiveVerification> {
  const verifiedAt = now().toISOString();
  const removals = await listArchivedAggregates(dynamo);
  const problems: ArchiveProblem[] = [];
  const counts = { events: 0, compared: 0, removed: 0, different: 0 };
  const report = (problem: ArchiveProblem) => {
    counts.different += 1;
    if (problems.length < MAX_LISTED) {
      problems.push(problem);
    }
  };
  const manifests = await checkObjects(storage, {
    report,
    signal,
    onEvents: async (object, lines) => {
      counts.events += lines.length;
      const kept = await getItemLines(
        dynamo,
        lines.map(({ key }) => key),
      );
      for (const { key, line } of lines) {
        const inStore = kept.get(toKeyText(key));
        if (inStore !== undefined) {
          counts.compared += 1;
        }
        if (
          inStore === undefined &&
          key.eventSequence <= (removals.get(key.aggregateId)?.upTo ?? 0)
        ) {
          counts.removed += 1;
        } else if (inStore !== line) {
          const problem = `has ${toKeyText(key)}, which ${inStore === undefined ? 'is not in the events table' : 'the events table has otherwise'}`;
          report({ object: object.key, problem });
        }
      }
    },
  });
  const keys = manifests.map(({ key }) => key);
  for (const { aggregateId, manifests: needed } of removals.values()) {
    for (const object of needed.filter((key) => !keys.includes(key))) {
      report({ object, problem: `is missing, and has events of ${aggregateId} that were removed` });
    }
  }
  await (counts.different === 0
    ? noteVerification(dynamo, { verifiedAt, location: storage.location, manifests: keys })
    : forgetVerification(dynamo));
  const objects = manifests.reduce((sum, manifest) => sum + manifest.objects.length, 0);
  return { runs: manifests.length, objects, ...counts, problems };
}
