const longest = 60;

/**
 * The slug of a title: lower case, every run of other characters than letters and digits becomes one `-`, at most 60 characters, cut at a `-`.
 * Letters of every script stay letters.
 */
export function slugOf(title: string): string {
  const words = title.normalize('NFC').toLowerCase().normalize('NFC').replace(/[^\p{L}\p{Nd}]+/gu, '-').replace(/^-|-$/gu, '');
  const characters = [...words];
  if (characters.length <= longest) return words;
  const cut = characters.slice(0, longest + 1).lastIndexOf('-');
  return characters.slice(0, cut > 0 ? cut : longest).join('');
}
