import {
  IconArchive,
  IconFolder,
  IconLink,
  IconSettings,
  IconSquareMinus,
  IconSquarePlus,
  IconUnlink,
} from '@tabler/icons-react';
import type { ConsoleModule } from '#components/console/console-module.ts';
import { toProjectEventSentence } from '#lib/modules/projects/event-sentence.ts';

/** Projects with their services, in words. */
export const projectsConsole: ConsoleModule = {
  name: 'projects',
  pages: [{ href: '/projects', label: 'Projects', icon: IconFolder, keys: 'g j' }],
  aggregates: {
    project: {
      noun: 'project',
      icon: IconFolder,
      toHref: (id) => `/projects/${encodeURIComponent(id)}`,
    },
  },
  looks: {
    ProjectCreated: { icon: IconFolder, tone: 'accent' },
    ServiceAdded: { icon: IconSquarePlus, tone: 'good' },
    ServiceRemoved: { icon: IconSquareMinus, tone: 'warn' },
    ServicesConnected: { icon: IconLink, tone: 'good' },
    ServicesDisconnected: { icon: IconUnlink, tone: 'warn' },
    ProjectConfigurationChanged: { icon: IconSettings, tone: 'neutral' },
    ProjectArchived: { icon: IconArchive, tone: 'neutral' },
  },
  toSentence: toProjectEventSentence,
  views: {
    projects: { label: 'Projects', purpose: 'Every project: the projects list.' },
    'service-topology': {
      label: 'Service topology',
      purpose: 'The services of each project and how they are linked.',
    },
    'template-usage': {
      label: 'Template usage',
      purpose: 'Which projects came of which version of a template.',
    },
    'project-summaries': {
      label: 'Project summaries',
      purpose: 'A project in short, by its id, for other services.',
    },
  },
  actions: [{ label: 'Create a project', href: '/projects?command=CreateProject' }],
};
