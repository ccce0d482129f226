import { IconCheck, IconFileText, IconLock, IconSettings, IconUpload } from '@tabler/icons-react';
import type { ConsoleModule } from '#components/console/console-module.ts';
import { toTemplateEventSentence } from '#lib/modules/templates/event-sentence.ts';

/** Templates of projects, in words. */
export const templatesConsole: ConsoleModule = {
  name: 'templates',
  pages: [{ href: '/templates', label: 'Templates', icon: IconFileText, keys: 'g t' }],
  aggregates: {
    template: {
      noun: 'template',
      icon: IconFileText,
      toHref: (id) => `/templates/${encodeURIComponent(id)}`,
    },
  },
  looks: {
    TemplateUploaded: { icon: IconUpload, tone: 'accent' },
    TemplateValidated: { icon: IconCheck, tone: 'neutral' },
    TemplateParametersChanged: { icon: IconSettings, tone: 'warn' },
    TemplateDeprecated: { icon: IconLock, tone: 'neutral' },
  },
  toSentence: toTemplateEventSentence,
  views: {
    'template-catalog': { label: 'Template catalog', purpose: 'Every template: the catalog.' },
    'template-details': {
      label: 'Template details',
      purpose: 'Every version of a template with its text and problems.',
    },
  },
  actions: [{ label: 'Upload a template', href: '/templates?command=UploadTemplate' }],
};
