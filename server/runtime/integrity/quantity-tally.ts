import type { Conservation } from '#lib/contracts/conservation.ts';
import type { QuantityChange } from './conserved-quantity.ts';

type Side = Pick<QuantityChange, 'unit' | 'amount'>;

/** Adds up what events change of a quantity. */
export type QuantityTally = {
  readonly add: (change: QuantityChange) => void;
  /** Takes what is added from now on for the other sides of transfers, and for nothing else. */
  readonly closeAtPosition: () => void;
  /** Whether a transfer from before that position has one side only. */
  readonly isSomeOpen: () => boolean;
  /** Beside what a view holds at that position, by unit. */
  readonly compare: (held: ReadonlyMap<string, bigint>) => Conservation['units'];
};

/** Memory grows with the transfers of which one side has come, and not with events. */
export function createQuantityTally(): QuantityTally {
  const made = new Map<string, bigint>();
  const underWay = new Map<string, bigint>();
  const open = new Map<string, Side>();
  let isClosed = false;

  function addTransfer(transfer: string, { unit, amount }: Side): void {
    const before = open.get(transfer);
    if (before === undefined && isClosed) {
      return;
    }
    const sum = (before?.amount ?? 0n) + amount;
    if (sum === 0n) {
      open.delete(transfer);
    } else {
      open.set(transfer, { unit, amount: sum });
    }
  }

  return {
    add: ({ transfer, unit, amount }) => {
      if (transfer !== null) {
        addTransfer(transfer, { unit, amount });
      } else if (!isClosed) {
        made.set(unit, (made.get(unit) ?? 0n) + amount);
      }
    },
    closeAtPosition: () => {
      isClosed = true;
      for (const { unit, amount } of open.values()) {
        underWay.set(unit, (underWay.get(unit) ?? 0n) + amount);
      }
    },
    isSomeOpen: () => open.size > 0,
    compare: (held) => {
      const units = new Set([...made.keys(), ...underWay.keys(), ...held.keys()]);
      return [...units].sort().map((unit) => ({
        unit,
        made: `${made.get(unit) ?? 0n}`,
        underWay: `${underWay.get(unit) ?? 0n}`,
        held: `${held.get(unit) ?? 0n}`,
        unpaired: [...open.values()].filter((side) => side.unit === unit).length,
      }));
    },
  };
}
