import { randomBytes } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { test } from './fixtures.ts';

const services = (page: Page) => page.getByRole('table', { name: 'Services', exact: true });
const graph = (page: Page) => page.getByRole('application', { name: /^Topology as a graph/ });
const service = (page: Page, name: string) =>
  graph(page).getByRole('button', { name, exact: true });
const link = (page: Page, name: string) => graph(page).getByRole('img', { name, exact: true });

/** Creates a project that no other test knows by the form, and ends on its page. */
async function createProject(page: Page): Promise<void> {
  const id = `e2e-${randomBytes(5).toString('hex')}`;
  await page.goto('/projects');
  await page.getByRole('button', { name: 'Create project' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create a project' });
  await dialog.getByRole('textbox', { name: 'Project id' }).fill(id);
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(`Project ${id}`);
  await dialog.getByRole('button', { name: 'Create project' }).click();
  await expect(page).toHaveURL(`/projects/${id}`);
  await expect(page.getByRole('heading', { level: 1, name: `Project ${id}` })).toBeVisible();
}

test('a template has its versions, their problems by line, and their difference', async ({
  page,
}) => {
  await page.goto('/templates');
  await page.getByRole('searchbox', { name: 'Search templates' }).fill('web service');
  await expect(page).toHaveURL('/templates?q=web+service');
  const found = page.getByRole('row').filter({ hasText: 'web-service' });
  await expect(found.getByRole('cell').last()).toHaveText(/^[1-9]\d*$/);
  await page.getByRole('link', { name: 'Web service' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Web service' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Version', exact: true }).click();
  await page.getByRole('option', { name: 'Version 2' }).click();
  await expect(page.getByRole('list', { name: 'Problems' })).toContainText(/Line \d+, column \d+/);
  await page.getByRole('combobox', { name: 'Compare with' }).click();
  await page.getByRole('option', { name: 'Version 1' }).click();
  await expect(page.getByText('Difference from version 1 to version 2')).toBeVisible();
  await expect(page.getByText(/^\+ .*kind: redis/m)).toBeVisible();
  await page.getByRole('tab', { name: 'Usage' }).click();
  const usage = page.getByRole('table', { name: 'Projects by version and month' });
  await expect(usage.getByRole('row', { name: /^In all [1-9]\d* \(\d+ active\)/ })).toBeVisible();
  await expect(usage.getByRole('rowheader', { name: /^\d{4}-\d{2}$/ }).first()).toBeVisible();
});

test('a project is created, gets a service, and is seen one event before', async ({ page }) => {
  await createProject(page);
  await expect(page.getByText('There is no service at this event')).toBeVisible();
  await page.getByRole('button', { name: 'Add service' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add service' });
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('cache');
  await dialog.getByRole('textbox', { name: 'Kind' }).fill('redis');
  await dialog.getByRole('button', { name: 'Add service' }).click();
  await expect(dialog).toBeHidden();
  await expect(service(page, 'cache, redis, added')).toBeVisible();
  await page.getByRole('button', { name: 'Previous event' }).click();
  await expect(page.getByText('Event 1 of 2')).toBeVisible();
  await expect(page.getByText('There is no service at this event')).toBeVisible();
  await expect(service(page, 'cache, redis, added')).toHaveCount(0);
});

test('the graph is stepped through by keys, and says what was added and what is in a cycle', async ({
  page,
}) => {
  await page.goto('/projects/payments?seq=3');
  await expect(service(page, 'fraud, service')).toBeVisible();
  await expect(link(page, 'api uses fraud, added, part of a cycle')).toBeVisible();
  await expect(link(page, 'fraud uses api, part of a cycle')).toBeVisible();
  await expect(page.getByText('api and fraud use each other in a cycle.')).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(page).toHaveURL('/projects/payments?seq=2');
  await expect(page.getByText('Event 2 of')).toBeVisible();
  await expect(service(page, 'fraud, service, added')).toBeVisible();
  await expect(link(page, 'fraud uses api, added')).toBeVisible();
  await expect(page.getByText('No services use each other in a cycle.')).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL('/projects/payments?seq=3');
  await expect(link(page, 'api uses fraud, added, part of a cycle')).toBeVisible();
  await page.keyboard.press('End');
  await expect(page).toHaveURL('/projects/payments');
  await page.keyboard.press('Home');
  await expect(page.getByRole('slider', { name: 'Step in its history' })).toHaveValue('1');
  await page.getByRole('slider', { name: 'Step in its history' }).press('ArrowRight');
  await expect(page).toHaveURL('/projects/payments?seq=2');
});

test('what a step removed is shown as removed in its place, and the table says the same', async ({
  page,
}) => {
  await page.goto('/projects/playground?seq=6');
  const pong = service(page, 'pong, service');
  await expect(pong).toBeVisible();
  const place = await pong.boundingBox();
  await page.getByRole('button', { name: 'Next event' }).click();
  await expect(page).toHaveURL('/projects/playground?seq=7');
  const removed = service(page, 'pong, service, removed');
  await expect(removed).toBeVisible();
  expect(await removed.boundingBox()).toEqual(place);
  await expect(link(page, 'ping uses pong, removed')).toBeVisible();
  // After the click the keys are the slider's.
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL('/projects/playground');
  await expect(removed).toHaveCount(0);
  await page.keyboard.press('ArrowLeft');
  await expect(page).toHaveURL('/projects/playground?seq=7');
  await page.getByText('Table', { exact: true }).click();
  await expect(page).toHaveURL('/projects/playground?seq=7&view=table');
  const row = (name: string) =>
    services(page)
      .getByRole('row')
      .filter({ has: page.getByRole('button', { name, exact: true }) });
  await expect(row('pong')).toContainText('Removed');
  await expect(row('pong')).toContainText('log (removed), ping (removed)');
  await expect(row('ping')).toContainText('pong (removed)');
  await expect(row('log')).toContainText('Unchanged');
});

test('the graph is narrowed by name and kind, and a service tells its configuration and links', async ({
  page,
}) => {
  await page.goto('/projects/payments');
  await expect(service(page, 'api, service')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search services' }).fill('fraud');
  await expect(page).toHaveURL('/projects/payments?q=fraud');
  await expect(service(page, 'api, service')).toHaveCount(0);
  await expect(service(page, 'fraud, service')).toBeVisible();
  await page.goBack();
  await expect(service(page, 'api, service')).toBeVisible();
  await page.getByRole('button', { name: 'Kind' }).click();
  await page.getByRole('checkbox', { name: 'queue' }).check();
  await expect(page).toHaveURL('/projects/payments?kind=queue');
  await expect(graph(page).getByRole('button', { name: /, (?!queue)/ })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Clear all' }).click();
  await service(page, 'api, service').focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/projects/payments?service=api');
  const details = page.getByRole('region', { name: 'Service api' });
  await expect(details.getByRole('list').first()).toContainText('fraud (part of a cycle)');
  await expect(details.getByRole('table', { name: 'Configuration' })).toBeVisible();
  await details.getByRole('button', { name: 'Close the service' }).click();
  await expect(details).toBeHidden();
});

test('projects are narrowed to those with a service of a kind', async ({ page }) => {
  await page.goto('/projects');
  const kinds = page.getByRole('table', { name: 'Services of all active projects' });
  await kinds.getByRole('link', { name: 'queue', exact: true }).click();
  await expect(page).toHaveURL('/projects?kind=queue&status=active');
  const list = page.getByRole('region', { name: 'Projects', exact: true });
  await expect(list.getByRole('link', { name: 'Payments' })).toBeVisible();
  await expect(list.getByRole('link', { name: 'Playground' })).toHaveCount(0);
});

test('the parameters of a template are changed by a form', async ({ page }) => {
  const id = `e2e-${randomBytes(5).toString('hex')}`;
  await page.goto('/templates?command=UploadTemplate');
  const upload = page.getByRole('dialog', { name: 'Upload a template' });
  await upload.getByRole('textbox', { name: 'Template id' }).fill(id);
  await upload.getByRole('textbox', { name: 'Name', exact: true }).fill(`Template ${id}`);
  await upload.getByRole('textbox', { name: 'Template', exact: true }).fill('services: {}');
  await upload.getByRole('button', { name: 'Upload template' }).click();
  await expect(page).toHaveURL(`/templates/${id}`);
  await page.getByRole('button', { name: 'Change parameters' }).click();
  const dialog = page.getByRole('dialog', { name: /^Change the parameters/ });
  await dialog.getByRole('button', { name: 'Add parameter' }).click();
  await dialog.getByLabel('Parameter name').fill('the port');
  await dialog.getByLabel('Type').click();
  await page.getByRole('option', { name: 'number' }).click();
  await dialog.getByRole('switch', { name: 'Required' }).uncheck();
  await dialog.getByRole('textbox', { name: 'Default' }).fill('many');
  await expect(dialog.getByText(/is a number, such as 8080/)).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Default' }).fill('8080');
  await dialog.getByRole('button', { name: 'Change parameters' }).click();
  await expect(dialog.getByText(/A parameter’s name has letters/)).toBeVisible();
  await expect(dialog.getByLabel('Parameter name')).toBeFocused();
  await dialog.getByLabel('Parameter name').fill('port');
  await dialog.getByRole('button', { name: 'Dry run' }).click();
  await expect(dialog.getByText('Would be accepted. Nothing was written.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Change parameters' }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await expect(page.getByText(/parameters/i).first()).toBeVisible();
});

test('a project is created by the parameters of its template', async ({ page }) => {
  const id = `e2e-${randomBytes(5).toString('hex')}`;
  await page.goto('/projects?command=CreateProject');
  const dialog = page.getByRole('dialog', { name: 'Create a project' });
  await dialog.getByRole('textbox', { name: 'Project id' }).fill(id);
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(`Project ${id}`);
  await dialog.getByLabel('Template id').fill('web serv');
  await page.getByRole('option', { name: 'Web service (web-service)' }).click();
  const parameters = dialog.getByRole('group', { name: 'Parameters' });
  await expect(parameters.getByLabel('databasePassword')).toBeDisabled();
  await parameters.getByLabel('region').click();
  await page.getByRole('option', { name: 'us-east-1' }).click();
  await dialog.getByRole('button', { name: 'Create project' }).click();
  await expect(parameters.getByText('“host” needs a value.')).toBeVisible();
  await expect(parameters.getByLabel('host')).toBeFocused();
  await parameters.getByLabel('host').fill('e2e.example.com');
  await dialog.getByRole('button', { name: 'Create project' }).click();
  await expect(page).toHaveURL(`/projects/${id}`);
  await page.getByRole('tab', { name: 'Configuration' }).click();
  await expect(page.getByRole('row', { name: /region us-east-1/ }).first()).toBeVisible();
});

test('a project that cannot be created of a template is refused with the reason', async ({
  page,
}) => {
  await page.goto('/projects');
  await page.getByRole('button', { name: 'Create project' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create a project' });
  await dialog.getByRole('textbox', { name: 'Project id' }).fill('e2e-refused');
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Refused');
  await dialog.getByLabel('Template id').fill('legacy-vm');
  await dialog.getByRole('button', { name: 'Create project' }).click();
  await expect(dialog.getByText(/deprecated/i)).toBeVisible();
});
