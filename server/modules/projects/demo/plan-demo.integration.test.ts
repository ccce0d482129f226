import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toTemplateAggregateId } from '#lib/modules/templates/template-state.ts';
import { planDemoTemplates } from '#server/modules/templates/demo/plan-demo-templates.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { createTestDynamo } from '#server/testing/engines.ts';
import { createProjectSide, PROJECT_REGISTRY } from '#server/testing/project-side.ts';
import { toProjectAggregateId } from '../domain/project-aggregate-id.ts';
import { planDemoProjects } from './plan-demo-projects.ts';

const endsAt = '2026-05-14T13:37:00.000Z';
const commands = [...planDemoTemplates(endsAt), ...planDemoProjects(endsAt)].sort((a, b) =>
  (a.at ?? '') < (b.at ?? '') ? -1 : 1,
);

let dynamo: Dynamo;

beforeAll(async () => {
  dynamo = await createTestDynamo();
});

afterAll(() => dynamo.close());

describe('the demo of templates and projects', () => {
  it('is the same every time, with one id for each command and times before the end', () => {
    expect(planDemoProjects(endsAt)).toEqual(planDemoProjects(endsAt));
    expect(new Set(commands.map(({ commandId }) => commandId)).size).toBe(commands.length);
    expect(commands.every(({ at = '' }) => at < endsAt)).toBe(true);
  });

  it('comes to templates of every state, and projects of several versions', async () => {
    let now = new Date();
    const side = createProjectSide(dynamo, () => now);
    for (const { commandId, type, input, at = endsAt, actor } of commands) {
      const command = PROJECT_REGISTRY.commands.get(type);
      if (command === undefined) {
        throw new Error(`There is no command ${type}.`);
      }
      now = new Date(at);
      const { tokens } = await side.run(command, input, commandId, actor);
      expect(tokens).toHaveLength(1);
    }
    const load = async (id: string) => (await side.store.load(id)).state;
    expect(await load(toTemplateAggregateId('web-service'))).toMatchObject({
      version: 3,
      validity: 'valid',
    });
    expect(await load(toTemplateAggregateId('legacy-vm'))).toMatchObject({ status: 'deprecated' });
    expect(await load(toTemplateAggregateId('batch-worker'))).toMatchObject({
      validity: 'invalid',
      problems: [
        { line: 4, column: 13 },
        { line: 8, column: 16 },
      ],
    });
    expect(await load(toProjectAggregateId('web-shop'))).toMatchObject({
      template: { version: 1 },
      createdAt: '2026-02-23T00:01:00.000Z',
    });
    expect(await load(toProjectAggregateId('tokyo-shop'))).toMatchObject({
      template: { version: 3 },
    });
    expect(await load(toProjectAggregateId('ledger-archive'))).toMatchObject({
      status: 'archived',
    });
    await side.handler.close();
  });
});
