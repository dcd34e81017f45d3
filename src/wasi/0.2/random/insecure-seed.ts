import type { Host } from '../../host/host.ts'
import { neverBlocks } from '../waiting.ts'

export function insecureSeed({ grants: { random } }: Host) {
  return neverBlocks({ insecureSeed: (): [bigint, bigint] => random.insecureSeed() })
}
