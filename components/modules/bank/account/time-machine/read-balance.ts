import type { Standing } from '#components/console/aggregate/time-machine/standing.ts';
import { type CurvePoint, pointAt } from './curve.ts';

/** The balance at the position: from its frame, or from the curve until that has come. */
export function readBalance(
  { position, frame, current, isBehindWall }: Standing,
  points: readonly CurvePoint[],
): string | undefined {
  if (current && frame) {
    return frame.state.balance;
  }
  return isBehindWall ? undefined : pointAt(points, position)?.balance;
}
