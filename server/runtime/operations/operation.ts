import type { z } from 'zod';
import type { OPERATION_RESULTS, OperationKind } from '#lib/contracts/operations.ts';
import type { IntegrityDeps } from '#server/runtime/integrity/integrity-deps.ts';
import type { Registered, RegisteredViews } from '#server/runtime/registered.ts';
import type { Operator } from '#server/runtime/views/record-operator-action.ts';
import type { Outbound } from '#server/runtime/webhooks/outbound.ts';

/** What operations work with; `db` as a role that may change the projections' tables. */
export type OperationDeps = IntegrityDeps & {
  readonly registered: Pick<Registered, 'entities'>;
  /** Whether webhooks may go to this machine and to networks behind it; without it they may not. */
  readonly webhooksToPrivate?: boolean;
  /** SNS and EventBridge; without it webhooks send to neither. */
  readonly outbound?: Outbound | undefined;
};

/** What carrying one out may do beside its work. */
export type OperationIo = {
  /** Once aborted, it stops as soon as it can and throws the signal's reason. */
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total?: number) => void;
};

/** What a request is checked against. */
export type RequestScope = RegisteredViews & {
  /** The launcher that started this web server; null without one. */
  readonly launcher: string | null;
};

/** What an operator can ask for. */
export type Requestable<Input extends z.ZodObject = z.ZodObject> = {
  readonly kind: OperationKind;
  readonly input: Input;
  /** Changes nothing, so that no reason is needed and none is recorded. */
  readonly isReading?: boolean;
  /** What it is done to. Throws INVALID_INPUT for what there is none of. */
  toSubject(input: z.output<Input>, scope: RequestScope): string;
};

/** Something that a worker carries out for an operator. */
export type Operation<Input extends z.ZodObject = z.ZodObject> = Requestable<Input> & {
  /** Carries it out; the answer is JSON (`OPERATION_RESULTS`). Throws what the runtime throws. */
  run(
    deps: OperationDeps,
    input: z.output<Input>,
    operator: Operator,
    io: OperationIo,
  ): Promise<unknown>;
};

type Frozen<Value> = Value extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Frozen<Value[Key]> }
    : Value;

/** An operation of one kind, whose result the compiler checks. */
export function defineOperation<Kind extends OperationKind, Input extends z.ZodObject>(
  operation: Omit<Operation<Input>, 'run' | 'kind'> & {
    readonly kind: Kind;
    run(
      ...args: Parameters<Operation<Input>['run']>
    ): Promise<Frozen<z.input<(typeof OPERATION_RESULTS)[Kind]>>>;
  },
): Operation {
  return operation;
}
