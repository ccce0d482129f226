import type { Point } from './layout-topology.ts';

/** The way through some points as an SVG path, round where they turn. Pure. */
export function toLinkPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) {
    return '';
  }
  const parts = rest.flatMap((point, index) => {
    const next = rest[index + 1];
    if (next === undefined) {
      // The last curve has come to the last point already.
      return rest.length === 1 ? [`L ${toText(point)}`] : [];
    }
    const end = index + 2 === rest.length ? next : toMiddle(point, next);
    return [`Q ${toText(point)} ${toText(end)}`];
  });
  return [`M ${toText(first)}`, ...parts].join(' ');
}

/** Where an arrowhead stands and by how many degrees it is turned. Pure. */
export function toArrow(points: readonly Point[]): Point & { readonly angle: number } {
  const [before = { x: 0, y: 0 }, end = before] = points.slice(-2);
  const angle = (Math.atan2(end.y - before.y, end.x - before.x) * 180) / Math.PI;
  return { ...end, angle };
}

function toMiddle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function toText({ x, y }: Point): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
