import { portableRandom } from '../../host/random.ts'
import type { Platform } from '../platform.ts'
import { hasNode } from './builtin.ts'
import { openHostDirectory } from './host-directory.ts'
import { nodeClock } from './node-clock.ts'
import { nodeSink, nodeSource } from './stdio.ts'

/** Node, and what has Node's modules: Deno and Bun. Undefined elsewhere, where this file loads all the same. */
export const node: Platform | undefined = hasNode
  ? {
      name: 'node',
      clock: nodeClock,
      random: portableRandom,
      openDirectory: openHostDirectory,
      source: nodeSource,
      sink: nodeSink,
    }
  : undefined
