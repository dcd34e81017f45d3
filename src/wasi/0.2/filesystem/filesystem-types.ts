import type { FsErrorCode } from '../../host/fs-error.ts'
import type { IoError } from '../io/error.ts'
import { neverBlocks } from '../waiting.ts'
import { Descriptor } from './descriptor.ts'
import { DirectoryEntryStream } from './directory-entry-stream.ts'

export const filesystemTypes = {
  Descriptor,
  DirectoryEntryStream,
  ...neverBlocks({
    filesystemErrorCode: (error: IoError): FsErrorCode | undefined => error.failure.code,
  }),
}
