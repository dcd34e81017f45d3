/** Columns of a terminal that a text takes, for the line that is edited: wide characters two, combining ones none. */
export function textWidth(text: string): number {
  let width = 0
  for (const char of text) width += isCombining.test(char) ? 0 : isWide.test(char) ? 2 : 1
  return width
}

const isCombining = /^(?:\p{M}|\p{Cf})$/u
const isWide =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]$/u
