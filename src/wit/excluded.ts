import type { Place, ProblemDetails } from './problems.ts'
import type { Stability } from './package.ts'

/** What a gate leaves out, and which feature would let it in. */
export interface Excluded {
  readonly place: Place
  readonly feature: string | undefined
}

export function excludedBy(stability: Stability | undefined, place: Place): Excluded {
  return { place, feature: stability?.kind === 'unstable' ? stability.feature : undefined }
}

/** `what` is `a type`, `an interface`, `a world`. */
export function excludedReference(what: string): string {
  return `found a reference to ${what} which is excluded due to its feature not being activated`
}

/** Where it is gated, and what helps. */
export function excludedDetails({ place, feature }: Excluded): ProblemDetails {
  if (feature === undefined) return { related: [{ ...place, text: 'excluded' }] }
  return {
    related: [{ ...place, text: `only with the feature \`${feature}\`` }],
    notes: [
      `activate \`${feature}\`, or gate what refers to it with \`@unstable(feature = ${feature})\` as well`,
    ],
  }
}
