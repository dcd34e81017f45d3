import type { CoreMemorySyntax } from '../../component/component.ts'

/** The size of a memory's pages, as it is said. */
export type PageSize = Pick<CoreMemorySyntax, 'pageSizeLog2' | 'pageSizeGiven'>

/** Where nothing is said of it. */
export const usualPageSize: PageSize = { pageSizeLog2: 16 }

/** That of a memory that says its logarithm, which may be the usual one. */
export function givenPageSize(pageSizeLog2: number): PageSize {
  return pageSizeLog2 === usualPageSize.pageSizeLog2
    ? { pageSizeLog2, pageSizeGiven: true }
    : { pageSizeLog2 }
}
