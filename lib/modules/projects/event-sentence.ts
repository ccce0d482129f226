import { z } from 'zod';
import { showUnseenLines } from '../../unseen-text.ts';

const created = z.object({
  name: z.string(),
  services: z.array(z.unknown()),
  template: z.object({ templateId: z.string(), version: z.number() }).optional(),
});
const added = z.object({ name: z.string(), kind: z.string(), links: z.array(z.string()) });
const removed = z.object({ name: z.string(), links: z.array(z.unknown()) });
const link = z.object({ from: z.string(), to: z.string() });
const changed = z.object({
  service: z.string().optional(),
  set: z.record(z.string(), z.string()),
  removed: z.array(z.string()),
});
const archived = z.object({ reason: z.string().optional() });

type Happened = { readonly eventType: string; readonly eventData: unknown };

/**
 * What happened, as a person says it: "Connected web with db". Undefined for an event of another type, and
 * for a payload of an unknown shape.
 */
export function toProjectEventSentence({ eventType, eventData }: Happened): string | undefined {
  switch (eventType) {
    case 'ProjectCreated':
      return say(created, toCreationSentence);
    case 'ServiceAdded':
      return say(added, ({ name, kind, links }) =>
        links.length === 0
          ? `Added ${name} (${kind})`
          : `Added ${name} (${kind}), which uses ${links.join(', ')}`,
      );
    case 'ServiceRemoved':
      return say(removed, ({ name, links }) =>
        links.length === 0
          ? `Removed ${name}`
          : `Removed ${name} and its ${count(links.length, 'link')}`,
      );
    case 'ServicesConnected':
      return say(link, ({ from, to }) => `Connected ${from} with ${to}`);
    case 'ServicesDisconnected':
      return say(link, ({ from, to }) => `Disconnected ${from} from ${to}`);
    case 'ProjectConfigurationChanged':
      return say(changed, toChangeSentence);
    case 'ProjectArchived':
      return say(archived, ({ reason }) => (reason ? `Archived: ${reason}` : 'Archived'));
    default:
      return undefined;
  }

  function say<T>(schema: z.ZodType<T>, sentence: (data: T) => string): string | undefined {
    const parsed = schema.safeParse(eventData);
    return parsed.success ? showUnseenLines(sentence(parsed.data)) : undefined;
  }
}

function toCreationSentence({ name, services, template }: z.infer<typeof created>): string {
  return template === undefined
    ? `Created ${name}`
    : `Created ${name} from version ${template.version} of ${template.templateId}, with ${count(services.length, 'service')}`;
}

function toChangeSentence({ service, set, removed: keys }: z.infer<typeof changed>): string {
  const entries = Object.entries(set).map(([key, value]) => `${key} to ${value}`);
  const parts = [
    entries.length > 0 && `set ${entries.join(', ')}`,
    keys.length > 0 && `removed ${keys.join(', ')}`,
  ].filter((part) => part !== false);
  return `Configuration of ${service ?? 'the project'}: ${parts.join('; ')}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
