/** Tells the person at the terminal, one line at a time. */
export type Report = (line: string) => void;
