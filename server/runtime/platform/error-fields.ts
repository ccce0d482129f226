type ErrorFields = {
  readonly type: string;
  readonly code?: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: ErrorFields;
};

/** Causes of causes: so deep at most. */
const MAX_DEPTH = 5;

/**
 * What the log tells of an error: its kind, code, sentence, place and causes. Nothing else that
 * libraries hang on it, and no statement's parameters: they may hold amounts and names.
 */
export function toErrorFields(error: unknown, depth = 1): ErrorFields {
  if (!(error instanceof Error)) {
    return { type: typeof error, message: String(error) };
  }
  const { name, message, stack, cause } = error;
  return {
    type: name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    message: 'params' in error ? 'A statement failed.' : message,
    stack: toPlaces(stack),
    ...(cause === undefined || depth === MAX_DEPTH
      ? {}
      : { cause: toErrorFields(cause, depth + 1) }),
  };
}

/** The stack without its heading, which repeats the message. */
function toPlaces(stack: string | undefined): string | undefined {
  const lines = stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return lines?.map((line) => line.trim()).join('\n');
}
