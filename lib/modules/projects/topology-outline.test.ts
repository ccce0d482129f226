import { describe, expect, it } from 'vitest';
import { toGraph } from './topology.ts';
import { extendOutline, mergeOutlines, toOutline } from './topology-outline.ts';

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
});
