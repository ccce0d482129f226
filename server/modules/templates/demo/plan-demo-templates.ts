import type { DemoCommand } from '#server/runtime/demo-command.ts';
import { DEMO_TEMPLATE_STEPS } from './demo-templates.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** One of the demo's users, who may do so. */
const ACTOR = 'user-008';

/**
 * The demo's templates: commands in the order of their times, the last ones days before `endsAt` (ISO
 * 8601). Pure, and the same for the same `endsAt`, command ids included: sent twice, they do what they
 * do once.
 */
export function planDemoTemplates(endsAt: string): DemoCommand[] {
  const lastDay = Math.floor(Date.parse(endsAt) / DAY_MS) * DAY_MS;
  return DEMO_TEMPLATE_STEPS.map(({ daysBefore, type, templateId, input }, index) => ({
    commandId: `demo-template-${String(index + 1).padStart(2, '0')}`,
    type,
    input: { ...input, templateId },
    at: new Date(lastDay - daysBefore * DAY_MS + index * MINUTE_MS).toISOString(),
    actor: ACTOR,
  }));
}
