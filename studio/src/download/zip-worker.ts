/** Writes ZIP files on a thread of its own: browsers compress where they are asked to, and a page must not stand still over it. */
import * as comlink from 'comlink'
import { zip } from './zip.ts'

const api = { zip }

export type ZipWorker = typeof api

comlink.expose(api)
