import { formatWac } from '../../compose/wac/format.ts'
import { formatFiles } from '../format-files.ts'
import { reporting } from '../reporting.ts'

export const summary = 'Format WAC text'

export const help = `Usage: tenon wac fmt [FILE|FOLDER]… [--check]
       tenon wac fmt --stdin [--check]

Formats WAC files in place: comments stay, and what the text means. Of a folder,
all .wac files in it and in its folders, but not those in \`deps\`, which are
somebody else's; of nothing, those of the current folder. A file that does not
parse is left as it is.

Options:
  --check   write nothing; name the files that are not formatted, with the lines
            that would change, and exit with 1 if there are any
  --stdin   format standard input to standard output
`

export const run = reporting('wac fmt', async (args) =>
  formatFiles({ language: 'WAC', extension: '.wac', command: 'wac fmt', format: formatWac }, args),
)
