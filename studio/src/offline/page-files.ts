/** What the build tells the service worker about the page (`build/service-worker.ts` writes it in front of the worker). */
export interface PageFiles {
  /** Changes with every byte of the page. */
  readonly version: string
  /** Paths from the page's folder, with `sha256-…` as the Integrity specification writes it. */
  readonly files: readonly (readonly [path: string, integrity: string])[]
  /** On all that is served: hosts of files seldom send any. */
  readonly headers: Readonly<Record<string, string>>
}
