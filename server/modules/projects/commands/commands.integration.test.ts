import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toTemplateAggregateId } from '#lib/modules/templates/template-state.ts';
import { deprecateTemplate } from '#server/modules/templates/commands/deprecate-template.ts';
import { uploadTemplate } from '#server/modules/templates/commands/upload-template.ts';
import { validateTemplate } from '#server/modules/templates/commands/validate-template.ts';
import { getHotItem } from '#server/runtime/hot-views/get-hot-item.ts';
import { createHotViews } from '#server/runtime/hot-views/hot-views.ts';
import { createTables } from '#server/runtime/platform/create-tables.ts';
import type { Dynamo } from '#server/runtime/platform/dynamo.ts';
import { createTestDynamo } from '#server/testing/engines.ts';
import { createProjectSide, PROJECT_REGISTRY } from '#server/testing/project-side.ts';
import { TEMPLATE_PARAMETERS, TEMPLATE_TEXT } from '#server/testing/templates.ts';
import { toProjectAggregateId } from '../domain/project-aggregate-id.ts';
import { projectSummariesView } from '../views/project-summaries/project-summaries-view.ts';
import { addService } from './add-service.ts';
import { createProject } from './create-project.ts';

let dynamo: Dynamo;

beforeAll(async () => {
  dynamo = await createTestDynamo();
});

afterAll(() => dynamo.close());

/** Two processes over the same store, and a template that either can use. */
async function createSides() {
  const [one, other] = [createProjectSide(dynamo), createProjectSide(dynamo)];
  const templateId = `t-${randomUUID().slice(0, 8)}`;
  await one.run(uploadTemplate, {
    templateId,
    name: 'Shop',
    text: TEMPLATE_TEXT,
    parameters: TEMPLATE_PARAMETERS,
  });
  await one.run(validateTemplate, { templateId });
  const create = (side: typeof one) => {
    const projectId = `p-${randomUUID().slice(0, 8)}`;
    const created = side.run(createProject, { projectId, name: 'Project', templateId });
    return { projectId, created };
  };
  return { one, other, templateId, create };
}

describe('a project of a template', () => {
  it('is written with the template’s version and services', async () => {
    const { one, templateId, create } = await createSides();
    const { projectId, created } = create(one);
    await created;
    const { state } = await one.store.load(toProjectAggregateId(projectId));
    expect(state).toMatchObject({
      template: { templateId, version: 1, values: { port: '8080' } },
      services: [{ name: 'web' }, { name: 'db' }],
      links: [{ from: 'web', to: 'db' }],
    });
    await one.handler.close();
  });

  it('is refused when another process has deprecated the template that this one remembers', async () => {
    const { one, other, templateId, create } = await createSides();
    await create(one).created;
    await other.run(deprecateTemplate, { templateId });
    const { projectId, created } = create(one);
    await expect(created).rejects.toMatchObject({ code: 'TEMPLATE_DEPRECATED' });
    expect(await one.store.load(toProjectAggregateId(projectId))).toMatchObject({ version: 0 });
    await Promise.all([one.handler.close(), other.handler.close()]);
  });

  it('is refused when another process has uploaded a version that nobody has validated', async () => {
    const { one, other, templateId, create } = await createSides();
    await create(one).created;
    await other.run(uploadTemplate, { templateId, name: 'Shop', text: 'services: []' });
    await expect(create(one).created).rejects.toMatchObject({ code: 'TEMPLATE_NOT_VALID' });
    await Promise.all([one.handler.close(), other.handler.close()]);
  });

  it('comes before a deprecation at the same moment, or is refused', async () => {
    const { one, other, templateId, create } = await createSides();
    const deprecated = other.run(deprecateTemplate, { templateId });
    const attempts = Array.from({ length: 10 }, () => create(one));
    const outcomes = await Promise.allSettled(attempts.map(({ created }) => created));
    await deprecated;
    for (const [index, outcome] of outcomes.entries()) {
      const id = toProjectAggregateId(attempts[index]?.projectId ?? '');
      const { version } = await one.store.load(id);
      if (outcome.status === 'fulfilled') {
        expect(version).toBe(1);
      } else {
        expect(outcome.reason).toMatchObject({ code: 'TEMPLATE_DEPRECATED' });
        expect(version).toBe(0);
      }
    }
    const events = await one.store.read(toTemplateAggregateId(templateId));
    expect(events.map(({ eventType }) => eventType)).toEqual([
      'TemplateUploaded',
      'TemplateValidated',
      'TemplateDeprecated',
    ]);
    await expect(create(one).created).rejects.toMatchObject({ code: 'TEMPLATE_DEPRECATED' });
    await Promise.all([one.handler.close(), other.handler.close()]);
  });
});

describe('a project’s summary', () => {
  it('is read by the project’s id', async () => {
    const { hotViews } = PROJECT_REGISTRY;
    await createTables(dynamo.client, dynamo.tables, { hotViews });
    const { one, templateId, create } = await createSides();
    const { projectId, created } = create(one);
    await created;
    const summaryOf = (id: string) => getHotItem(dynamo, projectSummariesView, id);
    await one.run(addService, { projectId, name: 'cache', kind: 'redis', links: ['web', 'db'] });
    expect(await summaryOf(projectId)).toBeUndefined();
    const update = createHotViews({ dynamo, store: one.store, hotViews });
    await update(await one.store.read(toProjectAggregateId(projectId)));
    expect(await summaryOf(projectId)).toMatchObject({
      projectId,
      status: 'active',
      services: 3,
      links: 3,
      templateId,
      templateVersion: 1,
      sequence: 2,
    });
    await one.handler.close();
  });
});

describe('what is stored', () => {
  it('may be as large as the rules allow', async () => {
    const side = createProjectSide(dynamo);
    const templateId = `t-${randomUUID().slice(0, 8)}`;
    const text = `${TEMPLATE_TEXT}# ${'x'.repeat(262_144 - TEMPLATE_TEXT.length - 2)}`;
    await side.run(uploadTemplate, {
      templateId,
      name: 'Large',
      text,
      parameters: Array.from({ length: 30 }, (_, index) => ({
        name: `p${index}`,
        allowed: ['x'.repeat(1_000), 'y'.repeat(1_000)],
      })),
    });
    const { state } = await createProjectSide(dynamo).store.load(toTemplateAggregateId(templateId));
    expect(state).toMatchObject({ text, validity: 'unknown' });
    await side.handler.close();
  });

  it('is only once what is sent twice', async () => {
    const side = createProjectSide(dynamo);
    const projectId = `p-${randomUUID().slice(0, 8)}`;
    await side.run(createProject, { projectId: ` ${projectId.toUpperCase()} `, name: 'Project' });
    const commandId = randomUUID();
    const input = { projectId, name: 'web', kind: 'service' };
    const first = await side.run(addService, input, commandId);
    expect(await side.run(addService, input, commandId)).toEqual({ ...first, duplicate: true });
    await expect(side.run(addService, input)).rejects.toMatchObject({ code: 'SERVICE_NAME_TAKEN' });
    await expect(side.run(createProject, { projectId: 'a b', name: 'x' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: 'projectId',
    });
    await side.handler.close();
  });
});
