import { z } from 'zod';
import { showUnseenLines } from '../../unseen-text.ts';

const uploaded = z.object({ name: z.string(), version: z.number() });
const validated = z.object({
  version: z.number(),
  valid: z.boolean(),
  problems: z.array(z.object({ message: z.string() })),
});
const changed = z.object({
  version: z.number(),
  parameters: z.array(z.object({ name: z.string() })),
});
const deprecated = z.object({ reason: z.string().optional() });

type Happened = { readonly eventType: string; readonly eventData: unknown };

/**
 * What happened, as a person says it: "Uploaded version 2 of Web shop". Undefined for an event of another
 * type, and for a payload of an unknown shape.
 */
export function toTemplateEventSentence({ eventType, eventData }: Happened): string | undefined {
  switch (eventType) {
    case 'TemplateUploaded':
      return say(uploaded, ({ name, version }) => `Uploaded version ${version} of ${name}`);
    case 'TemplateValidated':
      return say(validated, toValidationSentence);
    case 'TemplateParametersChanged':
      return say(changed, ({ version, parameters }) =>
        parameters.length === 0
          ? `Took all parameters from version ${version}`
          : `Set the parameters of version ${version}: ${parameters.map(({ name }) => name).join(', ')}`,
      );
    case 'TemplateDeprecated':
      return say(deprecated, ({ reason }) => (reason ? `Deprecated: ${reason}` : 'Deprecated'));
    default:
      return undefined;
  }

  function say<T>(schema: z.ZodType<T>, sentence: (data: T) => string): string | undefined {
    const parsed = schema.safeParse(eventData);
    return parsed.success ? showUnseenLines(sentence(parsed.data)) : undefined;
  }
}

function toValidationSentence({ version, valid, problems }: z.infer<typeof validated>): string {
  if (valid) {
    return `Found version ${version} valid`;
  }
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  return `Found ${count} in version ${version}: ${problems[0]?.message ?? 'unknown'}`;
}
