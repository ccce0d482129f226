import { formatAmount, parseDecimal } from '#lib/money.ts';

/** An amount as commands take it: a decimal text, and the ISO 4217 code that it is in. */
export type AmountText = { readonly amount: string; readonly currency: string };

const CODE_AFTER = /^(.*\d)\s*([A-Za-z]{3})$/;
const CODE_BEFORE = /^([A-Za-z]{3})\s*([-+]?\d.*)$/;

/**
 * Reads an amount as people type and paste it: "12.50", "12.50 USD", "usd 12.50", and "1,234.50 EUR"
 * as the console itself writes it. Without a code of its own it is in `currency`. Thousands are
 * ungrouped only where the whole text is what `formatAmount` writes: "1,234" in EUR may be meant
 * either way, so it stays as it is and is refused as an amount later.
 */
export function readAmountText(text: string, currency: string): AmountText {
  const trimmed = text.trim();
  const after = CODE_AFTER.exec(trimmed);
  const before = CODE_BEFORE.exec(trimmed);
  const digits = after?.[1] ?? before?.[2] ?? trimmed;
  const code = (after?.[2] ?? before?.[1] ?? currency).toUpperCase();
  return { amount: withoutGroups(digits, code), currency: code };
}

function withoutGroups(digits: string, currency: string): string {
  const ungrouped = digits.replaceAll(',', '');
  const amount = parseDecimal(ungrouped, currency);
  return typeof amount === 'bigint' && formatAmount(amount, currency) === digits
    ? ungrouped
    : digits;
}
