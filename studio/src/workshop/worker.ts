/** The workshop on a thread of its own. */
import * as comlink from 'comlink'
import { createWorkshop } from './workshop.ts'

comlink.expose(createWorkshop())
