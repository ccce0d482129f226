/** From how many seconds on a read model counts as late; from when on it is trouble, its threshold says. */
export const LATE_SECONDS = 5;
