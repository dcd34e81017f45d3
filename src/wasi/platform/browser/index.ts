import { portableClock } from '../../host/clock.ts'
import { portableRandom } from '../../host/random.ts'
import type { Platform } from '../platform.ts'

/** What every JavaScript platform has: clocks and random numbers. Files and streams are given as objects. */
export const browser: Platform = { name: 'browser', clock: portableClock, random: portableRandom }
