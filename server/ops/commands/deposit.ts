import { deposit } from '#server/commands/deposit.ts';
import { defineMoveMoney } from './move-money.ts';

/** `deposit`: pays money in. */
export const depositCommand = defineMoveMoney('deposit', 'pay money into an account', deposit);
