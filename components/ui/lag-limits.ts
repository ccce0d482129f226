/** From how many seconds on a read model counts as late, and as in trouble. */
export const LATE_SECONDS = 5;
export const TROUBLE_SECONDS = 30;
