/** The commands of this page, as they stand in its URL. */
export const COMMANDS = ['deposit', 'withdraw', 'transfer', 'close'] as const;
export type Command = (typeof COMMANDS)[number];
