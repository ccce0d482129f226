/** The document with `text` in place of what `command` wrote last. Throws without the command's markers. */
export function replaceSection(document: string, command: string, text: string): string {
  const [opening, closing] = [
    `<!-- written by ${command}: from here -->`,
    `<!-- written by ${command}: to here -->`,
  ];
  const begin = document.indexOf(opening);
  const end = document.indexOf(closing);
  if (begin === -1 || end < begin) {
    throw new Error(`The document lacks the lines ${opening} and ${closing}.`);
  }
  const before = document.slice(0, begin + opening.length);
  return `${before}\n\n${text}\n\n${document.slice(end)}`;
}
