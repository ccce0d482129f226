import { describe, it } from 'vitest';
import { expectDecision } from '#server/testing/expect-decision.ts';
import { added, archived, connected, created, projectAfter } from '#server/testing/projects.ts';
import { decideProject } from './decide-project.ts';
import { toProjectAggregateId } from './project-aggregate-id.ts';
import type { ProjectCommand } from './project-commands.ts';
import type { ProjectEvent } from './project-events.ts';

const at = '2026-06-01T00:00:00.000Z';
const p1 = { projectId: 'p1', at };

const given = (...events: readonly ProjectEvent[]) => ({
  when: (command: ProjectCommand) =>
    expectDecision(decideProject(command, projectAfter(...events)), toProjectAggregateId('p1'), at),
});
const three = [created(), added('web'), added('api'), added('db')] as const;

const add = (name: string, links: readonly string[] = []): ProjectCommand => ({
  commandType: 'AddService',
  ...p1,
  name,
  kind: 'service',
  configuration: {},
  links,
});
const remove = (name: string): ProjectCommand => ({ commandType: 'RemoveService', ...p1, name });
const connect = (from: string, to: string): ProjectCommand => ({
  commandType: 'ConnectServices',
  ...p1,
  from,
  to,
});
const disconnect = (from: string, to: string): ProjectCommand => ({
  commandType: 'DisconnectServices',
  ...p1,
  from,
  to,
});
const change = (
  set: Record<string, string>,
  removed: readonly string[] = [],
  service?: string,
): ProjectCommand => ({
  commandType: 'ChangeProjectConfiguration',
  ...p1,
  set,
  remove: removed,
  service,
});
const archive = (reason?: string): ProjectCommand => ({
  commandType: 'ArchiveProject',
  ...p1,
  reason,
});

describe('a service', () => {
  it('is added, with links to services that are there', () => {
    given(created()).when(add('web')).brings(added('web'));
    given(...three)
      .when(add('cache', ['web', 'db']))
      .brings(added('cache', { links: ['web', 'db'] }));
  });

  it('has a name of its own, and links to nothing that is not there', () => {
    given(...three)
      .when(add('web'))
      .isRejected('SERVICE_NAME_TAKEN', /“web”/, 'name');
    given(created())
      .when(add('web', ['db']))
      .isRejected('SERVICE_NOT_FOUND', /“db”/, 'links');
    given(created())
      .when(add('web', ['web']))
      .isRejected('INVALID_INPUT', /with itself/);
  });

  it('is removed with its links, those to it and those from it', () => {
    given(...three, connected('web', 'api'), connected('api', 'db'), connected('web', 'db'))
      .when(remove('api'))
      .brings({
        eventType: 'ServiceRemoved',
        eventData: {
          name: 'api',
          links: [
            { from: 'web', to: 'api' },
            { from: 'api', to: 'db' },
          ],
        },
      });
    given(created()).when(remove('api')).isRejected('SERVICE_NOT_FOUND', /“api”/, 'name');
  });

  it('may come again once it was removed', () => {
    given(created(), added('web'), {
      eventType: 'ServiceRemoved',
      eventData: { name: 'web', links: [] },
    })
      .when(add('web'))
      .brings(added('web'));
  });

  it('is one of at most a hundred', () => {
    const many = Array.from({ length: 100 }, (_, index) => added(`s${index}`));
    given(created(), ...many)
      .when(add('more'))
      .isRejected('PROJECT_TOO_LARGE', /100 services/);
  });
});

describe('services', () => {
  it('are connected in either direction, also in a circle', () => {
    given(...three)
      .when(connect('web', 'api'))
      .brings(connected('web', 'api'));
    given(...three, connected('web', 'api'))
      .when(connect('api', 'web'))
      .brings(connected('api', 'web'));
  });

  it('are not connected with themselves, nor with what is not there', () => {
    given(...three)
      .when(connect('web', 'web'))
      .isRejected('INVALID_INPUT', /itself/, 'to');
    given(...three)
      .when(connect('web', 'x'))
      .isRejected('SERVICE_NOT_FOUND', /“x”/, 'to');
    given(...three)
      .when(connect('x', 'web'))
      .isRejected('SERVICE_NOT_FOUND', /“x”/, 'from');
    given(...three)
      .when(disconnect('x', 'web'))
      .isRejected('SERVICE_NOT_FOUND', /“x”/, 'from');
  });

  it('are disconnected', () => {
    given(...three, connected('web', 'api'))
      .when(disconnect('web', 'api'))
      .brings({ eventType: 'ServicesDisconnected', eventData: { from: 'web', to: 'api' } });
  });

  it('stay as they are when they are so already', () => {
    given(...three, connected('web', 'api'))
      .when(connect('web', 'api'))
      .brings();
    given(...three, connected('web', 'api'))
      .when(disconnect('api', 'web'))
      .brings();
  });
});

describe('a configuration', () => {
  const configured = created({ configuration: { a: '1', b: '2' } });
  const changed = (set: object, removed: readonly string[], service?: string) => ({
    eventType: 'ProjectConfigurationChanged',
    eventData: { service, set, removed },
  });

  it('is changed by what is different, in the project or in a service', () => {
    given(configured)
      .when(change({ a: '1', c: '3' }, ['b', 'd']))
      .brings(changed({ c: '3' }, ['b']));
    given(configured, added('web'))
      .when(change({ a: '1' }, [], 'web'))
      .brings(changed({ a: '1' }, [], 'web'));
  });

  it('stays as it is when nothing is different', () => {
    given(configured)
      .when(change({ a: '1' }, ['d']))
      .brings();
    given(configured).when(change({})).brings();
  });

  it('may have names of JavaScript’s', () => {
    given(configured)
      .when(change({ constructor: 'x' }))
      .brings(changed({ constructor: 'x' }, []));
    given(configured)
      .when(change({}, ['constructor']))
      .brings();
  });

  it('is refused for an unknown service, for what contradicts itself and for too much', () => {
    given(configured)
      .when(change({}, [], 'web'))
      .isRejected('SERVICE_NOT_FOUND', /“web”/, 'service');
    given(configured)
      .when(change({ a: '3' }, ['a']))
      .isRejected('INVALID_INPUT', /“a”/, 'remove');
    const many = Object.fromEntries(Array.from({ length: 99 }, (_, index) => [`k${index}`, 'x']));
    given(configured)
      .when(change(many))
      .isRejected('PROJECT_TOO_LARGE', /100 entries/, 'set');
    const large = Array.from({ length: 3 }, (_, service) =>
      added(`s${service}`, {
        configuration: Object.fromEntries(
          Array.from({ length: 100 }, (_, index) => [`k${index}`, 'x'.repeat(850)]),
        ),
      }),
    );
    given(configured, ...large)
      .when(change({ more: 'x'.repeat(1_000) }))
      .brings(changed({ more: 'x'.repeat(1_000) }, []));
    given(configured, ...large, added('more'))
      .when(
        change({ a: '€'.repeat(1_000), b: '€'.repeat(1_000), c: 'x'.repeat(1_000) }, [], 'more'),
      )
      .isRejected('PROJECT_TOO_LARGE', /bytes together/);
  });
});

describe('a project', () => {
  it('is archived, with a short reason', () => {
    given(created()).when(archive('Done')).brings(archived('Done'));
    given(created())
      .when(archive('x'.repeat(201)))
      .isRejected('TEXT_TOO_LONG', /201/, 'reason');
  });

  it('that is archived, or was never created, takes no command', () => {
    for (const command of [
      add('x'),
      remove('web'),
      connect('web', 'api'),
      disconnect('web', 'api'),
      change({ a: '1' }),
      archive(),
    ]) {
      given(...three, archived())
        .when(command)
        .isRejected('PROJECT_ARCHIVED', /2026-01-31/);
      given()
        .when(command)
        .isRejected('PROJECT_NOT_FOUND', /no project p1/, 'projectId');
    }
  });
});
