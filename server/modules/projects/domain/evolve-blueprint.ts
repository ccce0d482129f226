import {
  type Blueprint,
  type Configuration,
  type Link,
  sortKeys,
} from '#lib/modules/templates/blueprint.ts';
import type { ProjectConfigurationChanged, ProjectEvent } from './project-events.ts';

export const isSameLink = (a: Link, b: Link): boolean => a.from === b.from && a.to === b.to;

/** Services, links and configuration after one more event: what it does not touch stays as it is. */
export function evolveBlueprint(before: Blueprint, event: ProjectEvent): Blueprint {
  const { services, links, configuration } = before;
  switch (event.eventType) {
    case 'ProjectCreated': {
      const { eventData } = event;
      return {
        configuration: eventData.configuration,
        services: eventData.services,
        links: eventData.links,
      };
    }
    case 'ServiceAdded': {
      const { name, kind, configuration: own, links: uses } = event.eventData;
      return {
        configuration,
        services: [...services, { name, kind, configuration: own }],
        links: [...links, ...uses.map((to) => ({ from: name, to }))],
      };
    }
    case 'ServiceRemoved': {
      const { name } = event.eventData;
      return {
        configuration,
        services: services.filter((service) => service.name !== name),
        links: links.filter(({ from, to }) => from !== name && to !== name),
      };
    }
    case 'ServicesConnected':
      return { ...before, links: [...links, event.eventData] };
    case 'ServicesDisconnected':
      return { ...before, links: links.filter((link) => !isSameLink(link, event.eventData)) };
    case 'ProjectConfigurationChanged': {
      const { eventData } = event;
      const { service: changed } = eventData;
      return changed === undefined
        ? { ...before, configuration: changeConfiguration(configuration, eventData) }
        : {
            ...before,
            services: services.map((service) =>
              service.name === changed
                ? {
                    ...service,
                    configuration: changeConfiguration(service.configuration, eventData),
                  }
                : service,
            ),
          };
    }
    case 'ProjectArchived':
      return before;
  }
}

/** A configuration with entries set, and others removed. */
export function changeConfiguration(
  before: Configuration,
  { set, removed }: Pick<ProjectConfigurationChanged, 'set' | 'removed'>,
): Configuration {
  const kept = Object.entries(before).filter(([key]) => !removed.includes(key));
  return sortKeys({ ...Object.fromEntries(kept), ...set });
}
