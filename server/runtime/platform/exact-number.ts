import { NumberValue } from '@aws-sdk/lib-dynamodb';

/** DynamoDB's numbers have up to 38 digits: one that JavaScript has exactly, or its digits. */
export type ExactNumber = number | NumberValue;

/** Any whole number of so many digits is exact, and nearly all numbers are such. */
const SHORT_INTEGER = /^-?\d{1,15}$/;

/**
 * A number as DynamoDB sends it: as a number where that shows the same digits again, else as a
 * NumberValue, which keeps the text and is written back as it was. Never throws.
 */
export function toExactNumber(text: string): ExactNumber {
  const number = Number(text);
  return SHORT_INTEGER.test(text) || toDigits(text) === toDigits(`${number}`)
    ? number
    : NumberValue.from(text);
}

/** The same text for the same number, however it is written: its digits and the exponent of ten. */
function toDigits(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^([-+]?)(\d*)\.?(\d*)(?:[eE]([-+]?\d+))?$/.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  const power = Number(exponent) - fraction.length + digits.length - significant.length;
  return significant === '' ? '0' : `${sign.replace('+', '')}${significant}e${power}`;
}
