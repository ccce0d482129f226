import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'lossless-json';
import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';
import { parseDigits } from '../../domain/parse-json.ts';
import type { SalesforceSettings } from './salesforce-settings.ts';

const VERSION = '/services/data/v62.0';
const TIMEOUT_MS = 60_000;

const describeSchema = z.object({
  fields: z.array(z.object({ name: z.string(), type: z.string() })),
});
const pageSchema = z.object({
  records: z.array(z.looseObject({ Id: z.string() })),
  totalSize: z.unknown().transform(Number),
  nextRecordsUrl: z.string().optional(),
});
const errorsSchema = z.array(z.object({ errorCode: z.string(), message: z.string() }));

/** Records as the REST API has them, to the digit. */
export type RestPage = { readonly records: readonly string[]; readonly total: number };

export type RestQuery = {
  readonly entityName: string;
  /** Only records whose ids come behind this one. */
  readonly after: string | undefined;
  /** Only these records. */
  readonly ids?: readonly string[];
  /** Requests a second, at most. */
  readonly perSecond: number;
  readonly signal: AbortSignal;
};

/** Compound fields come as their parts beside them. */
const COMPOUND = new Set(['address', 'location']);

/**
 * Reads all records of a kind with all their fields, deleted ones among them, in the order of their ids, by
 * Salesforce's query resource, page by page. Ends when the signal is aborted. Throws CRM_UNAVAILABLE, with
 * Salesforce's own sentence, for what it refuses; its limit of requests is one such refusal.
 */
export async function* readRest(
  settings: SalesforceSettings,
  { entityName, after, ids, perSecond, signal }: RestQuery,
): AsyncGenerator<RestPage> {
  const get = createClient(settings, perSecond);
  const described = describeSchema.parse(await get(`${VERSION}/sobjects/${entityName}/describe`));
  const names = described.fields.flatMap(({ name, type }) => (COMPOUND.has(type) ? [] : [name]));
  const conditions = [
    ...(after === undefined ? [] : [`Id > '${after}'`]),
    ...(ids === undefined ? [] : [`Id IN (${ids.map((id) => `'${id}'`).join(',')})`]),
  ];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const soql = `SELECT ${names.join(',')} FROM ${entityName}${where} ORDER BY Id`;
  let next: string | undefined = `${VERSION}/queryAll?q=${encodeURIComponent(soql)}`;
  while (next !== undefined && !signal.aborted) {
    const page: z.output<typeof pageSchema> = pageSchema.parse(await get(next));
    yield {
      records: page.records.map((record) => stringify(record) ?? ''),
      total: page.totalSize,
    };
    next = page.nextRecordsUrl;
  }
}

function createClient({ instanceUrl, accessToken }: SalesforceSettings, perSecond: number) {
  let earliest = 0;
  return async (path: string): Promise<unknown> => {
    const wait = earliest - performance.now();
    if (wait > 0) {
      await sleep(wait);
    }
    earliest = performance.now() + 1_000 / perSecond;
    const response = await fetch(instanceUrl + path, {
      headers: { Authorization: `Bearer ${accessToken}`, Accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((cause: unknown) => {
      throw new PlayheadError('CRM_UNAVAILABLE', `${instanceUrl} does not answer.`, { cause });
    });
    const answer = parseDigits(await response.text());
    if (!response.ok) {
      const [error] = errorsSchema.safeParse(answer).data ?? [];
      const reason = error ? `${error.errorCode}: ${error.message}` : `HTTP ${response.status}`;
      throw new PlayheadError('CRM_UNAVAILABLE', `Salesforce refused the request: ${reason}`);
    }
    return answer;
  };
}
