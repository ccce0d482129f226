/** ISO 4217 active codes; the digits after the decimal point, where they are not two. */
const DIGITS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
      .split(' ')
      .map((code) => [code, 0]),
  ),
  ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3])),
  ...Object.fromEntries('CLF UYW'.split(' ').map((code) => [code, 4])),
};

const TWO_DIGITS =
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD ' +
  'CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD ' +
  'GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD ' +
  'MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP ' +
  'PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS ' +
  'TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW ZWG';

/** Every currency code that an account can have, in alphabetical order. */
export const CURRENCY_CODES: readonly string[] = [
  ...TWO_DIGITS.split(' '),
  ...Object.keys(DIGITS),
].sort();

const KNOWN = new Set(CURRENCY_CODES);

/** Whether `code` is an active ISO 4217 currency code, in capitals. */
export function isCurrency(code: string): boolean {
  return KNOWN.has(code);
}

/** Digits after the decimal point (ISO 4217 minor unit): 0 for JPY, 2 for EUR, 3 for KWD. */
export function currencyDigits(code: string): number {
  return DIGITS[code] ?? 2;
}
