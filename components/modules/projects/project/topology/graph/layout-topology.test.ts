import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeOutlines } from '#lib/modules/projects/topology-outline.ts';
import { layoutTopology, type Point, SERVICE_SIZE, toLinkId } from './layout-topology.ts';

const NAMES = ['api', 'cache', 'db', 'fraud', 'queue', 'web'];
const { width, height } = SERVICE_SIZE;

const anyOutline = fc
  .tuple(
    fc.subarray(NAMES),
    fc.subarray(NAMES.flatMap((source) => NAMES.map((target) => ({ source, target })))),
  )
  .map(([names, edges]) => ({
    names,
    edges: edges.filter(
      ({ source, target }) => source !== target && names.includes(source) && names.includes(target),
    ),
  }));
const anyDirection = fc.constantFrom('LR' as const, 'TB' as const);

/** How far a point is from a service's border, or inside of it. */
function distance({ x, y }: Point, place: Point): number {
  const dx = Math.abs(x - place.x - width / 2) - width / 2;
  const dy = Math.abs(y - place.y - height / 2) - height / 2;
  return Math.abs(Math.max(dx, dy));
}

describe('the layout of a topology', () => {
  it('is the same for the same outline, in whatever order it was put together', () => {
    fc.assert(
      fc.property(anyOutline, anyDirection, ({ names, edges }, direction) => {
        const reversed = { names: names.toReversed(), edges: edges.toReversed() };
        expect(layoutTopology(mergeOutlines([reversed]), direction)).toEqual(
          layoutTopology(mergeOutlines([{ names, edges }]), direction),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('lets no two services overlap, and links begin and end at their services', () => {
    fc.assert(
      fc.property(anyOutline, anyDirection, (outline, direction) => {
        const { places, ways } = layoutTopology(outline, direction);
        const corners = outline.names.map((name) => places.get(name) ?? { x: 0, y: 0 });
        for (const [index, a] of corners.entries()) {
          for (const b of corners.slice(index + 1)) {
            const isApart = Math.abs(a.x - b.x) >= width || Math.abs(a.y - b.y) >= height;
            expect(isApart).toBe(true);
          }
        }
        for (const edge of outline.edges) {
          const points = ways.get(toLinkId(edge))?.points ?? [];
          const [from, to] = [places.get(edge.source), places.get(edge.target)];
          const [first, last] = [points[0], points.at(-1)];
          expect(first && from && distance(first, from)).toBeLessThan(1);
          expect(last && to && distance(last, to)).toBeLessThan(1);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('leads from left to right, or from top to bottom', () => {
    const outline = { names: ['db', 'web'], edges: [{ source: 'web', target: 'db' }] };
    const wide = layoutTopology(outline, 'LR').places;
    expect(wide.get('db')?.x).toBeGreaterThan(wide.get('web')?.x ?? Number.NaN);
    const narrow = layoutTopology(outline, 'TB').places;
    expect(narrow.get('db')?.y).toBeGreaterThan(narrow.get('web')?.y ?? Number.NaN);
  });
});
