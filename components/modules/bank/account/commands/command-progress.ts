import type { AccountView } from '../account-queries.ts';
import type { Measure } from './measure.ts';

/** A command that the server has accepted. Times are performance.now(). */
export type AcceptedCommand = {
  readonly commandId: string;
  readonly startedAt: number;
  readonly acceptedAt: number;
  /** The sequence of its last event in this account; 0 where it has none, as of a transfer that is proposed. */
  readonly sequence: number;
};

/** How the newest command stands on this page. */
export type CommandProgress =
  | { readonly kind: 'none' }
  | ({ readonly kind: 'waiting'; readonly problem: string | null } & AcceptedCommand)
  | {
      readonly kind: 'shown';
      readonly measure: Measure;
      readonly source: AccountView['source'];
      readonly sequence: number;
      readonly commandId: string;
    };

/** Whether what is on the page holds the command's event. */
export function isShown(command: AcceptedCommand, view: AccountView): boolean {
  return view.account.version >= command.sequence;
}

/** The measure of a command whose balance stood on the page at `now`. */
export function toMeasure(command: AcceptedCommand, now: number): Measure {
  return {
    accepted: command.acceptedAt - command.startedAt,
    visible: now - command.startedAt,
  };
}
