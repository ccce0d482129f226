import { unmarshall } from '@aws-sdk/util-dynamodb';
import { toExactNumber } from '#server/runtime/platform/exact-number.ts';
import type { TypedItem } from './item-line.ts';

/** A stored item in the form in which the document client hands items out. */
export function toPlainItem(item: TypedItem): Record<string, unknown> {
  return unmarshall({ ...item }, { wrapNumbers: toExactNumber });
}
