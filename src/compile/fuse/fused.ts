/** The back end that is used where nothing else is asked for: glue, and adapters between components. */
import type { BackEnd } from '../../runtime/back-end.ts'
import { glue } from '../glue/glue.ts'
import { fuse } from './fuse.ts'

export const fused: BackEnd = { ...glue, name: 'fused', fuse }
