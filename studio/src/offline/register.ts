/** Milliseconds. */
const settling = 5_000

/**
 * Makes the page work offline from the next visit on. Pages of `tenon studio` are not kept: their address may be another program's
 * tomorrow.
 *
 * @param say called when a newer version is there, or when the page cannot be kept
 */
export async function keepOffline(say: (text: string) => void): Promise<void> {
  const offline = document.querySelector<HTMLMetaElement>('meta[name="offline"]')?.content
  if (!import.meta.env.PROD || offline !== 'yes' || !('serviceWorker' in navigator)) return
  // What is kept is downloaded once more, after what is shown.
  if (document.readyState !== 'complete')
    await new Promise((resolve) => addEventListener('load', resolve, { once: true }))
  const sayNewer = () => say('A newer version of the studio is here: the next reload shows it.')
  try {
    // Its address must be that of the page's folder, and is the same in every version.
    const registration = await navigator.serviceWorker.register('./service-worker.js')
    // One that takes over just now is what is shown.
    setTimeout(() => registration.waiting && sayNewer(), settling)
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'installed' && navigator.serviceWorker.controller) sayNewer()
      })
    })
  } catch (error) {
    say(`The page is not kept for use without a network: ${(error as Error).message}`)
  }
}
