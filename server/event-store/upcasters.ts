import { z } from 'zod';
import type { AccountEventType } from '#server/domain/account/account-events.ts';
import { CURRENT_VERSIONS } from './event-schemas.ts';

type Payload = Readonly<Record<string, unknown>>;

/** Turns the stored payload of one version into the stored payload of the next. */
type Upcaster = (payload: Payload) => Payload;

/** Until overdraft limits existed, an account had a holder and could not go below zero. */
const accountOpenedV1 = z.object({ holder: z.string(), number: z.string(), currency: z.string() });

/** By event type, then by the version that an upcaster starts from. */
const UPCASTERS: Readonly<Partial<Record<AccountEventType, Readonly<Record<number, Upcaster>>>>> = {
  AccountOpened: {
    1: (payload) => {
      const { holder, number, currency } = accountOpenedV1.parse(payload);
      return { owner: holder, number, currency, overdraftLimit: '0' };
    },
  },
};

/**
 * The payload in the current version of its type. Undefined when the version is unknown (newer than
 * this program, or never written); throws a ZodError when an old payload is broken.
 */
export function upcast(
  type: AccountEventType,
  version: number,
  data: Payload,
): Payload | undefined {
  let payload = data;
  for (let from = version; from !== CURRENT_VERSIONS[type]; from += 1) {
    const step = UPCASTERS[type]?.[from];
    if (step === undefined) {
      return undefined;
    }
    payload = step(payload);
  }
  return payload;
}
