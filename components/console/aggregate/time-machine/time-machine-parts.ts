import type { ComponentType, ReactNode } from 'react';
import type { EventItem } from '#lib/contracts/queries.ts';
import type { FieldChange } from './diff-fields.ts';
import type { Standing } from './standing.ts';

export type CurveProps = {
  readonly standing: Standing;
  /** The reader picked a place on the curve. */
  readonly onPick: (sequence: number) => void;
  /** The reader points at a place, and may pick it next. */
  readonly onPointAt: (sequence: number) => void;
};

/** What a module adds to the time machine of its aggregates. */
export type TimeMachineParts = {
  /** "the opening": what the first event is called. */
  readonly beginning?: string;
  /** A picture of the whole history, above the slider. */
  readonly toCurve?: (props: CurveProps) => ReactNode;
  /** What matters most at the position, beside position and time. */
  readonly headline?: (standing: Standing) => { readonly label: string; readonly value: ReactNode };
  /** The time at the position, where it is known before the frame has come. */
  readonly toTime?: (standing: Standing) => string | undefined;
  /** The same for those who hear it. */
  readonly toText?: (standing: Standing) => string | undefined;
  /** The state's fields in the order in which they are read; others follow by name. */
  readonly order?: readonly string[];
  /** A field's value; undefined where the console's own way will do. */
  readonly toValue?: (field: string, value: string) => ReactNode | undefined;
  /** By how much a field changed, where that can be said. */
  readonly toDelta?: (change: FieldChange) => ReactNode | undefined;
  /** Another page that shows the event at the position; undefined where none does. */
  readonly toLink?: (
    event: EventItem,
  ) => { readonly href: string; readonly label: string } | undefined;
  /** The state as something to look at, instead of a table of its fields. */
  readonly State?: ComponentType<StateProps>;
};

export type StateProps = {
  /** The state that it is compared with; undefined while that is not there. */
  readonly before: Readonly<Record<string, string>> | undefined;
  readonly after: Readonly<Record<string, string>>;
};
