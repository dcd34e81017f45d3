import { formatWit } from '../../wit/format.ts'
import { formatFiles } from '../format-files.ts'
import { reporting } from '../reporting.ts'

export const summary = 'Format WIT text'

export const help = `Usage: tenon wit fmt [FILE|FOLDER]… [--check]
       tenon wit fmt --stdin [--check]

Formats WIT files in place: comments stay, and what the text means. Of a folder,
all .wit files in it and in its folders, but not those in \`deps\`, which are
somebody else's; of nothing, those of the current folder. A file that does not
parse is left as it is.

Options:
  --check   write nothing; name the files that are not formatted, with the lines
            that would change, and exit with 1 if there are any
  --stdin   format standard input to standard output
`

export const run = reporting('wit fmt', async (args) =>
  formatFiles({ language: 'WIT', extension: '.wit', command: 'wit fmt', format: formatWit }, args),
)
