/** What a colour says; every tone comes with words, never alone. */
export type Tone = 'good' | 'warn' | 'bad' | 'neutral' | 'accent';
