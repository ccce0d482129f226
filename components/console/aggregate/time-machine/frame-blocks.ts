/** Sequences whose frames travel together. */
export const BLOCK_SIZE = 200;

/**
 * A range of frames, both ends included. It starts one before its first sequence, so that each
 * frame has the one before it for the diff. Events never change, so a range's frames never do.
 */
export type FrameBlock = { readonly from: number; readonly to: number };

/** The block that holds `sequence`, of an aggregate with `version` events. */
export function blockOf(sequence: number, version: number): FrameBlock {
  const start = Math.floor(sequence / BLOCK_SIZE) * BLOCK_SIZE;
  return { from: Math.max(0, start - 1), to: Math.min(start + BLOCK_SIZE - 1, version) };
}

/** The blocks after and before the one that holds `sequence`, where there are such. */
export function neighbourBlocks(sequence: number, version: number): FrameBlock[] {
  const start = Math.floor(sequence / BLOCK_SIZE) * BLOCK_SIZE;
  return [start + BLOCK_SIZE, start - BLOCK_SIZE]
    .filter((neighbour) => neighbour >= 0 && neighbour <= version)
    .map((neighbour) => blockOf(neighbour, version));
}
