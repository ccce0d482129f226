import { withdraw } from '#server/commands/withdraw.ts';
import { defineMoveMoney } from './move-money.ts';

/** `withdraw`: pays money out. */
export const withdrawCommand = defineMoveMoney('withdraw', 'pay money out of an account', withdraw);
