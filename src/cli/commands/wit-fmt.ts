import { formatWit } from '../../wit/format.ts'
import { formatFiles, formatHelp, type Formatted } from '../format-files.ts'
import { reporting } from '../reporting.ts'

const what: Formatted = { language: 'WIT', extension: '.wit', command: 'wit fmt', format: formatWit }

export const summary = 'Format WIT text'

export const help = formatHelp(what)

export const run = reporting(what.command, async (args) => formatFiles(what, args))
