import type { Permission } from '#lib/modules/users/permissions.ts';
import type { DemoCommand } from '#server/runtime/demo-command.ts';
import { DEMO_USERS, type DemoUserId, toDemoEmail } from './demo-users.ts';

/** A command of the demo's users: who sends it, and when. */
type DemoUserCommand = DemoCommand & { readonly actor: string; readonly at: string };

/** What is done to a user, so many days before the end. */
type Step = Pick<DemoCommand, 'type' | 'input'> & {
  readonly by: DemoUserId | 'demo';
  readonly daysBefore: number;
};

const DAY_MS = 86_400_000;
const ADMINISTRATOR = 'user-001';

/** The first user is an administrator from the start; who comes later is registered by her. */
const STEPS: readonly Step[] = [
  ...DEMO_USERS.slice(0, 1).map((user) => register('demo', user)),
  change(44, 'demo', ADMINISTRATOR, ['*:view', '*:commands', '*:operations', '*:administration']),
  ...DEMO_USERS.slice(1).map((user) => register(ADMINISTRATOR, user)),
  change(44, ADMINISTRATOR, 'user-002', ['*:view', '*:operations', 'users:administration']),
  change(43, ADMINISTRATOR, 'user-003', ['bank:view', 'bank:commands']),
  change(42, ADMINISTRATOR, 'user-004', ['bank:view', 'bank:commands', 'users:view']),
  change(41, ADMINISTRATOR, 'user-005', ['bank:view']),
  change(39, ADMINISTRATOR, 'user-006', ['projects:view', 'projects:commands', 'templates:view']),
  change(36, ADMINISTRATOR, 'user-007', ['*:view', '*:commands']),
  change(33, ADMINISTRATOR, 'user-008', ['templates:view', 'templates:commands']),
  change(31, 'user-002', 'user-008', ['templates:operations']),
  change(30, ADMINISTRATOR, 'user-009', ['bank:view', 'bank:commands', 'bank:operations']),
  change(27, ADMINISTRATOR, 'user-007', ['projects:commands'], ['*:commands']),
  profile(25, 'user-004', 'hana.dvorakova', 'hana.markova', 'Hana Marková'),
  change(24, ADMINISTRATOR, 'user-010', ['users:view', 'users:commands', 'users:administration']),
  change(22, ADMINISTRATOR, 'user-009', [], ['bank:operations']),
  change(20, ADMINISTRATOR, 'user-011', ['*:view']),
  change(18, ADMINISTRATOR, 'user-007', ['*:commands'], ['projects:commands']),
  change(16, 'user-010', 'user-003', ['bank:operations']),
  end(14, 'user-009', 'Moved to another company'),
  profile(9, 'user-005', 'treasury', 'samuel.adeyemi'),
  change(8, ADMINISTRATOR, 'user-012', ['bank:view', 'bank:commands']),
  end(6, 'user-011', 'The audit is finished'),
  change(3, ADMINISTRATOR, 'user-010', [], ['users:administration']),
];

/**
 * The commands of the demo's users in the order of their times, the last ones days before `endsAt` (ISO
 * 8601). Pure, and the same for the same `endsAt`, command ids included: sent twice, they do what they do once.
 */
export function planDemoUsers(endsAt: string): DemoUserCommand[] {
  const lastDay = Math.floor(Date.parse(endsAt) / DAY_MS) * DAY_MS;
  return STEPS.map(({ by, daysBefore, type, input }, index) => ({
    // On one day, what stands first in the list comes first.
    at: new Date(lastDay - daysBefore * DAY_MS + (8 * 60 + index * 13) * 60_000).toISOString(),
    actor: by,
    commandId: `demo-users-${String(index + 1).padStart(3, '0')}`,
    type,
    input,
  })).sort((a, b) => (a.at < b.at ? -1 : 1));
}

function register(
  by: Step['by'],
  { id, name, mailbox, daysBefore }: (typeof DEMO_USERS)[number],
): Step {
  const input = { userId: id, email: toDemoEmail(mailbox), name };
  return { by, daysBefore, type: 'RegisterUser', input };
}

function change(
  daysBefore: number,
  by: Step['by'],
  userId: DemoUserId,
  grant: readonly Permission[],
  revoke: readonly Permission[] = [],
): Step {
  return { by, daysBefore, type: 'ChangeUserPermissions', input: { userId, grant, revoke } };
}

function profile(
  daysBefore: number,
  userId: DemoUserId,
  from: string,
  to: string,
  name?: string,
): Step {
  const input = { userId, currentEmail: toDemoEmail(from), email: toDemoEmail(to), name };
  return { by: ADMINISTRATOR, daysBefore, type: 'UpdateUserProfile', input };
}

function end(daysBefore: number, userId: DemoUserId, reason: string): Step {
  return { by: ADMINISTRATOR, daysBefore, type: 'DeactivateUser', input: { userId, reason } };
}
