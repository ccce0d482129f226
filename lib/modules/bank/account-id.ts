const NUMBER = /^[A-Za-z0-9][A-Za-z0-9-]{0,33}$/;

/**
 * The canonical form of an account number: capitals, without blanks ("cz65 0800" is "CZ650800").
 * It is the account's id as well, so that a number is unique in the bank by construction
 * (docs/adr/0003-account-number-is-the-id.md). Up to 34 letters, digits and hyphens: an IBAN fits.
 * Undefined when the text cannot be a number.
 */
export function toAccountId(number: string): string | undefined {
  // Tested before it is put in capitals, for "ı" would become "I", and "ß" "SS".
  const compact = number.replace(/\s+/g, '');
  return NUMBER.test(compact) ? compact.toUpperCase() : undefined;
}
