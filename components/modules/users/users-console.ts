import {
  IconAt,
  IconShieldCheck,
  IconUser,
  IconUserEdit,
  IconUserOff,
  IconUserPlus,
  IconUsers,
} from '@tabler/icons-react';
import type { ConsoleModule } from '#components/console/console-module.ts';
import { toUserEventSentence } from '#lib/modules/users/event-sentence.ts';

/** The console's users and what they may do, in words. */
export const usersConsole: ConsoleModule = {
  name: 'users',
  pages: [
    { href: '/users', label: 'Users', icon: IconUsers, keys: 'g u' },
    { href: '/permissions', label: 'Permissions', icon: IconShieldCheck, keys: 'g m' },
  ],
  aggregates: {
    user: {
      noun: 'user',
      icon: IconUser,
      toHref: (id) => `/users/${encodeURIComponent(id)}`,
    },
    email: { noun: 'e-mail address', icon: IconAt },
  },
  looks: {
    UserRegistered: { icon: IconUserPlus, tone: 'accent' },
    UserProfileUpdated: { icon: IconUserEdit, tone: 'neutral' },
    UserPermissionsChanged: { icon: IconShieldCheck, tone: 'warn' },
    UserDeactivated: { icon: IconUserOff, tone: 'neutral' },
    EmailClaimed: { icon: IconAt, tone: 'accent' },
    EmailReleased: { icon: IconAt, tone: 'neutral' },
  },
  toSentence: toUserEventSentence,
  views: {
    'user-profiles': { label: 'User profiles', purpose: 'Every user: the users list.' },
    'permission-matrix': {
      label: 'Permission matrix',
      purpose: 'Who may do what, now and at any time before.',
    },
    'user-summaries': { label: 'User summaries', purpose: 'A user in short, for other services.' },
    'user-details': { label: 'User details', purpose: 'A user with their permissions.' },
  },
  actions: [{ label: 'Register a user', href: '/users?command=RegisterUser' }],
};
