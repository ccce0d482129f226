import { between, pick, type Random } from '../../draw.ts';
import type { Draft } from '../../planned-command.ts';
import type { SharedIds } from '../chaos-domain.ts';

/** Created before anything else, without a template: none is valid yet. */
export const FIRST_PROJECTS = 8;

/** Commands are about the newest of the projects, and use the newest of the templates. */
const PROJECTS_IN_USE = 10;
const TEMPLATES_IN_USE = 4;

/** Few, so that many commands are about one that is there already, or not there any more. */
const SERVICES = ['web', 'db', 'cache', 'queue', 'mail'];

/**
 * Creations first, then everything mixed: services and links that come and go, configurations, archives.
 * Some create two projects and deprecate their template at the same moment. Among the commands are many
 * that must be refused: of a project that is archived, with services that are not there, from a template
 * that was deprecated.
 */
export function* planProjectCommands(
  random: Random,
  { prefix, templates, deprecated }: SharedIds,
): Generator<readonly Draft[], never> {
  const projects: string[] = [];
  const create = (templateId?: string): Draft => {
    const projectId = `${prefix}-project-${projects.length + 1}`.toLowerCase();
    projects.push(projectId);
    const input = { projectId, name: `Project ${projects.length}` };
    return { type: 'CreateProject', input: templateId ? { ...input, templateId } : input };
  };
  for (;;) {
    const drawn = random();
    const usable = templates.slice(-TEMPLATES_IN_USE);
    if (projects.length < FIRST_PROJECTS || drawn < 0.03) {
      yield [create()];
    } else if (drawn < 0.23) {
      yield [create(usable.length > 0 ? pick(random, usable) : undefined)];
    } else if (drawn < 0.26 && usable.length > 2) {
      const templateId = pick(random, usable);
      deprecated.push(...templates.splice(templates.indexOf(templateId), 1));
      const deprecate = { type: 'DeprecateTemplate', input: { templateId } };
      yield [create(templateId), deprecate, create(templateId)];
    } else if (drawn < 0.3 && deprecated.length > 0) {
      yield [create(pick(random, deprecated.slice(-TEMPLATES_IN_USE)))];
    } else {
      yield [change(random, pick(random, projects.slice(-PROJECTS_IN_USE)))];
    }
  }
}

function change(random: Random, projectId: string): Draft {
  const drawn = random();
  const name = pick(random, SERVICES);
  const to = pick(random, SERVICES);
  if (drawn < 0.45) {
    const kind = pick(random, ['service', 'postgres', 'queue']);
    return { type: 'AddService', input: { projectId, name, kind } };
  }
  if (drawn < 0.6) {
    return { type: 'RemoveService', input: { projectId, name } };
  }
  if (drawn < 0.8) {
    return { type: 'ConnectServices', input: { projectId, from: name, to } };
  }
  if (drawn < 0.87) {
    return { type: 'DisconnectServices', input: { projectId, from: name, to } };
  }
  if (drawn < 0.95) {
    const set = { LEVEL: `${between(random, 1, 3)}` };
    return { type: 'ChangeProjectConfiguration', input: { projectId, set } };
  }
  return { type: 'ArchiveProject', input: { projectId } };
}
