import { z } from 'zod';
import { PlayheadError } from '#lib/playhead-error.ts';

const settingsSchema = z.object({
  SALESFORCE_INSTANCE_URL: z.url({ protocol: /^https?$/ }),
  SALESFORCE_ACCESS_TOKEN: z.string().min(1),
});

/** Where the CRM's REST API is, and by what it is asked. */
export type SalesforceSettings = { readonly instanceUrl: string; readonly accessToken: string };

/** Reads them from the environment. Throws NOT_CONFIGURED. */
export function parseSalesforceSettings(env: NodeJS.ProcessEnv): SalesforceSettings {
  const { data } = settingsSchema.safeParse(env);
  if (data === undefined) {
    const sentence =
      'Set SALESFORCE_INSTANCE_URL and SALESFORCE_ACCESS_TOKEN, or give a file with --export.';
    throw new PlayheadError('NOT_CONFIGURED', sentence);
  }
  return {
    instanceUrl: data.SALESFORCE_INSTANCE_URL.replace(/\/+$/, ''),
    accessToken: data.SALESFORCE_ACCESS_TOKEN,
  };
}
