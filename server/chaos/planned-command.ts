/** A command before it is known by whom and how often it is sent. */
export type Draft = {
  /** As its module has registered it. */
  readonly type: string;
  /** As the command's schema takes it; JSON's values, for a server action is sent it too. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Of a command that later ones are about, by its id: a UUID. The others get one. */
  readonly commandId?: string;
};

/** A command of any module before it is sent. */
export type PlannedCommand = Draft & {
  /** Whose command it is in the load. */
  readonly module: string;
  readonly commandId: string;
  /** By a server action of the web server, or by the command handler in this process. */
  readonly via: 'web' | 'direct';
  /** Whether it is sent twice with the same id: both at once, or again when it was answered. */
  readonly twice: 'no' | 'at-once' | 'again';
  /** Whether it is begun at the same moment as the one before it. */
  readonly isRacing: boolean;
};
