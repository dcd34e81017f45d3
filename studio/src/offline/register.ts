/**
 * Makes the page work offline from the next visit on. Pages of `tenon studio` are not kept: their address may be another program's
 * tomorrow.
 *
 * @param updated called when a newer version is there; the next reload shows it
 * @param failed called when the page cannot be kept: no room, private windows, hosts that are not `https:`
 */
export async function keepOffline(updated: () => void, failed: (reason: unknown) => void): Promise<void> {
  const offline = document.querySelector<HTMLMetaElement>('meta[name="offline"]')?.content
  if (!import.meta.env.PROD || offline !== 'yes' || !('serviceWorker' in navigator)) return
  // What is kept is downloaded once more, after what is shown.
  if (document.readyState !== 'complete')
    await new Promise((resolve) => addEventListener('load', resolve, { once: true }))
  try {
    // Its address must be that of the page's folder, and is the same in every version.
    const registration = await navigator.serviceWorker.register('./service-worker.js')
    if (registration.waiting) updated()
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'installed' && navigator.serviceWorker.controller) updated()
      })
    })
  } catch (error) {
    failed(error)
  }
}
