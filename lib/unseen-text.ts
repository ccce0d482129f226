/**
 * Characters that nobody sees or that move what stands beside them: controls, line separators, halves of
 * surrogate pairs, bidi controls, zero-width and other ignorable ones, and the blank of Braille.
 */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]/u;
const EACH_UNSEEN = new RegExp(UNSEEN, 'gu');

/** Emoji are put together with joiners and variation selectors. */
const EMOJI =
  /\p{Extended_Pictographic}(?:\ufe0e|\ufe0f|\p{Emoji_Modifier}|\u200d\p{Extended_Pictographic})*/gu;

/** Arabic and Indic scripts are spelled with the zero-width joiner and non-joiner between letters. */
const JOINED =
  /(?<=[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Oriya}\p{Script=Sinhala}\p{Script=Tamil}\p{Script=Telugu}])[\u200c\u200d](?=\p{L})/gu;

/** Whether a text has characters in it that a reader cannot see, beyond those that its script needs. */
export function hasUnseen(text: string): boolean {
  return UNSEEN.test(text.replace(EMOJI, '').replace(JOINED, ''));
}

/**
 * The text with every unseen character written as JSON writes it (`\u202e`), so that it does nothing to
 * a terminal or a page. Inside a JSON text it means the same as before.
 */
export function showUnseen(text: string): string {
  return text.replace(EACH_UNSEEN, (character) =>
    Array.from({ length: character.length }, (_, at) => {
      const code = character.charCodeAt(at).toString(16).padStart(4, '0');
      return `\\u${code}`;
    }).join(''),
  );
}

/** The same, with line feeds left as they are: for output of several lines. */
export function showUnseenLines(text: string): string {
  return text.split('\n').map(showUnseen).join('\n');
}
