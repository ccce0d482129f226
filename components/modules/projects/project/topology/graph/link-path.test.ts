import { describe, expect, it } from 'vitest';
import { toArrow, toLinkPath } from './link-path.ts';

describe('the path of a link', () => {
  it('is straight between two points, and round where it turns', () => {
    const [a, b, c, d] = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: 20 },
      { x: 30, y: 20 },
    ] as const;
    expect(toLinkPath([a, b])).toBe('M 0.0 0.0 L 10.0 0.0');
    expect(toLinkPath([a, b, c])).toBe('M 0.0 0.0 Q 10.0 0.0 10.0 20.0');
    expect(toLinkPath([a, b, c, d])).toBe('M 0.0 0.0 Q 10.0 0.0 10.0 10.0 Q 10.0 20.0 30.0 20.0');
    expect(toLinkPath([])).toBe('');
  });

  it('ends in an arrow that points as its last part does', () => {
    expect(
      toArrow([
        { x: 0, y: 0 },
        { x: 0, y: 5 },
      ]),
    ).toEqual({ x: 0, y: 5, angle: 90 });
    expect(
      toArrow([
        { x: 0, y: 0 },
        { x: -5, y: 0 },
      ]),
    ).toEqual({ x: -5, y: 0, angle: 180 });
  });
});
