/** Salesforce's ids: 15 letters and digits, or 18 of which the last three say which of those are capitals. */
const ID = /^[A-Za-z0-9]{15}([A-Z0-5]{3})?$/;
const CHECK_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * A record's id in its one form, of 18 characters: ids of 15 and of 18 characters mean the same record.
 * Undefined for what is no id, and for one whose last three characters are of another id. Pure.
 */
export function toRecordId(text: string): string | undefined {
  const trimmed = text.trim();
  if (!ID.test(trimmed)) {
    return undefined;
  }
  const short = trimmed.slice(0, 15);
  const whole = short + toCheckDigits(short);
  return trimmed.length === 15 || trimmed === whole ? whole : undefined;
}

/** A digit for each five characters: the bits of those that are capitals, the first one lowest. */
function toCheckDigits(short: string): string {
  return [0, 5, 10]
    .map((start) =>
      [...short.slice(start, start + 5)].reduce(
        (bits, char, index) => (char >= 'A' && char <= 'Z' ? bits | (1 << index) : bits),
        0,
      ),
    )
    .map((bits) => CHECK_DIGITS.charAt(bits))
    .join('');
}
