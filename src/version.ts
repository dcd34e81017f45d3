/** Tenon's version: that of package.json. */
export const version = '0.1.0'

declare const TENON_BUILD: string | undefined

/**
 * What compiles components: the version, and of a build a hash of its sources, so that what one build keeps is not read by
 * another of the same version. Sources that are run as they are have none: who changes them empties their caches.
 */
export const build: string =
  typeof TENON_BUILD === 'string' ? `${version}+${TENON_BUILD}` : `${version}+sources`
