import type { ExistingProject, ProjectState } from '#lib/modules/projects/project-state.ts';
import { MAX_ENTRIES } from '#lib/modules/templates/blueprint.ts';
import { type Decision, reject } from '#server/runtime/commands/decision.ts';
import { changeConfiguration, evolveBlueprint, isSameLink } from './evolve-blueprint.ts';
import type {
  AddService,
  ArchiveProject,
  ChangeProjectConfiguration,
  ConnectServices,
  ProjectCommand,
  RemoveService,
} from './project-commands.ts';
import type { ProjectEvent } from './project-events.ts';
import { accept, checkLength, checkSize, requireActive, requireService } from './project-rules.ts';

const MAX_REASON_LENGTH = 200;

/** What a command of a project that exists brings about, or the rule that it breaks. Pure. */
export function decideProject(command: ProjectCommand, state: ProjectState): Decision {
  const project = requireActive(command.projectId, state);
  if ('code' in project) {
    return project;
  }
  switch (command.commandType) {
    case 'AddService':
      return decideAdd(command, project);
    case 'RemoveService':
      return decideRemove(command, project);
    case 'ConnectServices':
      return decideConnect(command, project);
    case 'DisconnectServices':
      return decideDisconnect(command, project);
    case 'ChangeProjectConfiguration':
      return decideChange(command, project);
    case 'ArchiveProject':
      return decideArchive(command, project);
  }
}

function decideAdd(command: AddService, project: ExistingProject): Decision {
  const { name, kind, configuration, links } = command;
  if (project.services.some((service) => service.name === name)) {
    const sentence = `There is a service “${name}” in this project already.`;
    return reject('SERVICE_NAME_TAKEN', sentence, 'name');
  }
  for (const to of links) {
    const found = to === name ? linksItself() : requireService(project, to, 'links');
    if ('code' in found) {
      return found;
    }
  }
  return acceptGrowth(command, project, {
    eventType: 'ServiceAdded',
    eventData: { name, kind, configuration, links },
  });
}

function decideRemove(command: RemoveService, project: ExistingProject): Decision {
  const { name } = command;
  const service = requireService(project, name, 'name');
  if ('code' in service) {
    return service;
  }
  const links = project.links.filter(({ from, to }) => from === name || to === name);
  return accept(command, project.lastEventAt, {
    eventType: 'ServiceRemoved',
    eventData: { name, links },
  });
}

function decideConnect(command: ConnectServices, project: ExistingProject): Decision {
  const { from, to } = command;
  for (const found of [
    requireService(project, from, 'from'),
    requireService(project, to, 'to'),
    ...(from === to ? [linksItself()] : []),
  ]) {
    if ('code' in found) {
      return found;
    }
  }
  return project.links.some((link) => isSameLink(link, { from, to }))
    ? accept(command, project.lastEventAt)
    : acceptGrowth(command, project, { eventType: 'ServicesConnected', eventData: { from, to } });
}

function decideDisconnect(command: ConnectServices, project: ExistingProject): Decision {
  const { from, to } = command;
  for (const found of [requireService(project, from, 'from'), requireService(project, to, 'to')]) {
    if ('code' in found) {
      return found;
    }
  }
  return project.links.some((link) => isSameLink(link, { from, to }))
    ? accept(command, project.lastEventAt, {
        eventType: 'ServicesDisconnected',
        eventData: { from, to },
      })
    : accept(command, project.lastEventAt);
}

function decideChange(command: ChangeProjectConfiguration, project: ExistingProject): Decision {
  const { service: name, set, remove } = command;
  const changed = name === undefined ? project : requireService(project, name, 'service');
  if ('code' in changed) {
    return changed;
  }
  const both = remove.find((key) => Object.hasOwn(set, key));
  if (both !== undefined) {
    const sentence = `“${both}” cannot be set and removed at once.`;
    return reject('INVALID_INPUT', sentence, 'remove');
  }
  const { configuration: before } = changed;
  const isSet = ([key, value]: [string, string]) =>
    Object.hasOwn(before, key) && before[key] === value;
  const changes = {
    set: Object.fromEntries(Object.entries(set).filter((entry) => !isSet(entry))),
    removed: remove.filter((key) => Object.hasOwn(before, key)),
  };
  if (Object.keys(changes.set).length + changes.removed.length === 0) {
    return accept(command, project.lastEventAt);
  }
  if (Object.keys(changeConfiguration(before, changes)).length > MAX_ENTRIES) {
    const sentence = `A configuration has at most ${MAX_ENTRIES} entries.`;
    return reject('PROJECT_TOO_LARGE', sentence, 'set');
  }
  return acceptGrowth(command, project, {
    eventType: 'ProjectConfigurationChanged',
    eventData: { service: name, ...changes },
  });
}

function decideArchive(command: ArchiveProject, project: ExistingProject): Decision {
  const { reason } = command;
  return (
    checkLength('reason', reason, MAX_REASON_LENGTH) ??
    accept(command, project.lastEventAt, { eventType: 'ProjectArchived', eventData: { reason } })
  );
}

function linksItself() {
  return reject('INVALID_INPUT', 'A service cannot be connected with itself.', 'to');
}

/** Accepts an event that adds to a project, while the project stays small enough. */
function acceptGrowth(
  command: Pick<ProjectCommand, 'projectId' | 'at'>,
  project: ExistingProject,
  event: ProjectEvent,
): Decision {
  return (
    checkSize({ ...project, ...evolveBlueprint(project, event) }) ??
    accept(command, project.lastEventAt, event)
  );
}
