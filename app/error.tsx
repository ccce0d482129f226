'use client';

import { ErrorMessage } from '#components/shell/error-message.tsx';

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorMessage error={error} retry={retry} />;
}
