/** What one source has of a history, in the order of reading: newest first, or oldest first. */
export type Source<Item, Place> = {
  readonly items: readonly Item[];
  /** Up to here all were looked at; null when there is none behind it. */
  readonly reached: Place | null;
  /** The time of `reached`, ISO 8601. */
  readonly reachedAt: string | null;
};

type Timed = { readonly at: string };

/** A page of two sources: their items by time, and how many of each are in it. */
export type Merged<One, Other> = {
  readonly items: readonly (One | Other)[];
  readonly fromOne: number;
  readonly fromOther: number;
  /** Whether nothing more is in either of them. */
  readonly isEnd: boolean;
};

/**
 * The first `limit` of two sources that are each in the order of their own. Of what is behind the
 * place up to which the other source was looked at nothing is taken: something could belong before it.
 * Each goes on behind what was taken of it, so that no page leaves one out or repeats one, even where
 * two clocks disagree. Pure.
 */
export function mergeHistory<One extends Timed, Other extends Timed, PlaceA, PlaceB>(
  one: Source<One, PlaceA>,
  other: Source<Other, PlaceB>,
  limit: number,
  isOldestFirst = false,
): Merged<One, Other> {
  const comesFirst = (at: string, than: string) => (isOldestFirst ? at <= than : at >= than);
  const items: (One | Other)[] = [];
  let fromOne = 0;
  let fromOther = 0;
  while (items.length < limit) {
    const a = one.items[fromOne];
    const b = other.items[fromOther];
    const takesOne = a !== undefined && isDue(a, b, other, comesFirst);
    const takesOther = b !== undefined && isDue(b, a, one, comesFirst);
    if (takesOne && (!takesOther || comesFirst(a.at, b.at))) {
      items.push(a);
      fromOne += 1;
    } else if (takesOther) {
      items.push(b);
      fromOther += 1;
    } else {
      break;
    }
  }
  return {
    items,
    fromOne,
    fromOther,
    isEnd:
      fromOne === one.items.length &&
      fromOther === other.items.length &&
      one.reached === null &&
      other.reached === null,
  };
}

/** Whether nothing of the other source can belong before it. */
function isDue<Place>(
  item: Timed,
  rival: Timed | undefined,
  { reached, reachedAt }: Source<Timed, Place>,
  comesFirst: (at: string, than: string) => boolean,
): boolean {
  return rival !== undefined
    ? comesFirst(item.at, rival.at)
    : reached === null || comesFirst(item.at, reachedAt ?? '');
}
