import { PERMISSIONS } from '#lib/modules/users/permissions.ts';
import { between, pick, type Random, shuffle } from '../../draw.ts';
import type { Draft } from '../../planned-command.ts';
import type { SharedIds } from '../chaos-domain.ts';

/** Registered before anything else. */
export const FIRST_USERS = 12;

/** Commands are about the newest of the users. */
const USERS_IN_USE = 12;

/** A user as planned; a race that was lost makes it wrong, and the next change of address is refused. */
type User = { readonly userId: string; email: string };

/**
 * Registrations first, then everything mixed: new names, new addresses, permissions, deactivations, and
 * races of two for one address. A user is in use for some seconds and then never again. Among the commands
 * are some that must be refused: a user that nobody registers, an id and an address that are taken.
 */
export function* planUserCommands(
  random: Random,
  { prefix }: SharedIds,
): Generator<readonly Draft[], never> {
  const users: User[] = [];
  let addresses = 0;
  const drawAddress = () => {
    addresses += 1;
    return `${prefix}.${addresses}@chaos.example`.toLowerCase();
  };
  const begin = (email: string): Draft => {
    const userId = `${prefix}-user-${users.length + 1}`.toLowerCase();
    users.push({ userId, email });
    return { type: 'RegisterUser', input: { userId, email, name: `User ${users.length}` } };
  };
  const moveTo = (user: User, email: string): Draft => {
    const { userId, email: currentEmail } = user;
    user.email = email;
    return { type: 'UpdateUserProfile', input: { userId, email, currentEmail } };
  };
  for (;;) {
    const drawn = random();
    if (users.length < FIRST_USERS || drawn < 0.15) {
      yield [begin(drawAddress())];
      continue;
    }
    const inUse = users.slice(-USERS_IN_USE);
    const user = pick(random, inUse);
    const { userId } = user;
    if (drawn < 0.22) {
      const email = drawAddress();
      yield [begin(email), begin(email)];
    } else if (drawn < 0.29) {
      const email = drawAddress();
      yield shuffle(random, inUse)
        .slice(0, 2)
        .map((rival) => moveTo(rival, email));
    } else if (drawn < 0.42) {
      yield [moveTo(user, drawAddress())];
    } else if (drawn < 0.5) {
      const name = `User ${between(random, 1, 1_000)}`;
      yield [{ type: 'UpdateUserProfile', input: { userId, name } }];
    } else if (drawn < 0.84) {
      yield [changePermissions(random, userId)];
    } else if (drawn < 0.9) {
      yield [{ type: 'DeactivateUser', input: { userId } }];
    } else {
      yield [toRefuse(random, user, `${prefix}-nobody`.toLowerCase())];
    }
  }
}

/** Some of these change nothing: they are accepted without an event. */
function changePermissions(random: Random, userId: string): Draft {
  const [first = '', second = '', third = ''] = shuffle(random, PERMISSIONS);
  const input = { userId, grant: [first, second], revoke: [third] };
  return { type: 'ChangeUserPermissions', input };
}

function toRefuse(random: Random, { userId, email }: User, nobody: string): Draft {
  const name = 'Nobody';
  switch (pick(random, ['unknown', 'id-taken', 'address-taken'] as const)) {
    case 'unknown':
      return { type: 'UpdateUserProfile', input: { userId: nobody, name } };
    case 'id-taken':
      return { type: 'RegisterUser', input: { userId, email: `other.${email}`, name } };
    case 'address-taken':
      return { type: 'RegisterUser', input: { userId: nobody, email, name } };
  }
}
