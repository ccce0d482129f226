import { userAnswerSchema, userHotViewsSchema } from '#lib/modules/users/queries.ts';
import type { ChaosDomain } from '../chaos-domain.ts';
import { checkEmailAddresses } from './check-email-addresses.ts';
import { FIRST_USERS, planUserCommands } from './plan-user-commands.ts';

/** Users under load: an e-mail address is one user's. */
export const usersDomain: ChaosDomain = {
  module: 'users',
  beginnings: FIRST_USERS,
  weight: 25,
  plan: planUserCommands,
  reads: [
    {
      aggregateType: 'user',
      path: (id) => `/api/users/${id}`,
      waitQuery: (sequence) => `?sequence=${sequence}`,
      views: ['user-profiles'],
      toSequences: (body) => ({ 'user-profiles': userAnswerSchema.parse(body).user.version }),
    },
    {
      aggregateType: 'user',
      path: (id) => `/api/users/${id}/hot-views`,
      views: ['user-summaries', 'user-details'],
      toSequences: (body) => {
        const { summary, detail } = userHotViewsSchema.parse(body);
        return {
          'user-summaries': summary?.sequence ?? 0,
          'user-details': detail?.sequence ?? 0,
        };
      },
    },
  ],
  check: checkEmailAddresses,
};
