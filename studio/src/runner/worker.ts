/** A run on a thread of its own: the page ends it by ending the thread. */
import * as comlink from 'comlink'
import { RunSession } from './run-session.ts'

comlink.expose(new RunSession())
