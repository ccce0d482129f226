/** An event type, or a field, in words: "MoneyDeposited" is "Money deposited". */
export function toEventTypeName(eventType: string): string {
  const words = eventType.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
