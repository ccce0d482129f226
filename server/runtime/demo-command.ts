/** A command of a demo, ready to be sent. */
export type DemoCommand = {
  /** Begins with `demo-`: a name space that no operator's command can occupy. */
  readonly commandId: string;
  /** The command's type, as its module has registered it. */
  readonly type: string;
  /** As the command's schema takes it. */
  readonly input: Readonly<Record<string, unknown>>;
  /** When it is carried out, in the past (ISO 8601 in UTC); at once without it. */
  readonly at?: string;
  /** Who asks for it; the demo itself without one. */
  readonly actor?: string;
};

/**
 * A module's demo: commands in the order in which they are sent, the last ones shortly before `endsAt`
 * (ISO 8601). The same for the same `endsAt`, command ids included: sent twice, they do what they do
 * once. Pure.
 */
export type PlanDemo = (endsAt: string) => readonly DemoCommand[];
