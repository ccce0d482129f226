import { describe, expect, it } from 'vitest';
import { toGraph } from './topology.ts';
import {
  extendOutline,
  mergeOutlines,
  toOutline,
  toOutlineBlocks,
  toRoom,
} from './topology-outline.ts';

const service = (name: string) => ({ name, kind: 'service', configuration: {} });
const first = toOutline(
  toGraph({ services: [service('web'), service('db')], links: [{ from: 'web', to: 'db' }] }),
);
const second = toOutline(
  toGraph({ services: [service('api'), service('web')], links: [{ from: 'web', to: 'api' }] }),
);

describe('the outline of a history', () => {
  it('has all that there ever was, each once, in the order of their names', () => {
    const outline = {
      names: ['api', 'db', 'web'],
      edges: [
        { source: 'web', target: 'api' },
        { source: 'web', target: 'db' },
      ],
    };
    expect(mergeOutlines([first, second, first])).toEqual(outline);
    expect(mergeOutlines([second, first])).toEqual(outline);
  });

  it('stays the same object while nothing is new', () => {
    const outline = mergeOutlines([first, second]);
    expect(extendOutline(outline, second)).toBe(outline);
    expect(extendOutline(first, second)).toEqual(outline);
  });

  it('is empty without a history', () => {
    expect(mergeOutlines([])).toEqual({ names: [], edges: [] });
  });

  it('is asked for in blocks that hold every event once', () => {
    expect(toOutlineBlocks(0)).toEqual([]);
    expect(toOutlineBlocks(1_000)).toEqual([{ from: 1, to: 1_000 }]);
    const blocks = toOutlineBlocks(10_001);
    expect(blocks).toHaveLength(11);
    expect(blocks.at(-1)).toEqual({ from: 10_001, to: 10_001 });
    expect(blocks.slice(1).map(({ from }) => from - 1)).toEqual(
      blocks.slice(0, -1).map(({ to }) => to),
    );
  });

  it('has no places for more services and links than a picture can show', () => {
    const names = Array.from({ length: 200 }, (_, index) => `s-${index}`);
    const edges = [{ source: 's-0', target: 's-1' }];
    expect(toRoom({ names, edges })).toEqual({ names: [], edges: [] });
    expect(toRoom({ names, edges: [] }).names).toHaveLength(200);
  });
});
