/** UTF-16 units of a word that a message keeps: longer than the names that people give. */
const longest = 200

/** A text in which words that are too long to be read are cut: the text around what is quoted stays. */
export function shortenWords(text: string): string {
  if (text.length <= longest) return text
  return text.replace(/[^\s`]+/g, (word) =>
    word.length > longest ? `${word.slice(0, longest).toWellFormed()}…` : word,
  )
}
