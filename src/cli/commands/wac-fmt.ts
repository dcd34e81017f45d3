import { formatWac } from '../../compose/wac/format.ts'
import { formatFiles, formatHelp, type Formatted } from '../format-files.ts'
import { reporting } from '../reporting.ts'

const what: Formatted = { language: 'WAC', extension: '.wac', command: 'wac fmt', format: formatWac }

export const summary = 'Format WAC text'

export const help = formatHelp(what)

export const run = reporting(what.command, async (args) => formatFiles(what, args))
