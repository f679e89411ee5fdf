const KEY = "glossator.reloaded";
const PAUSE_MS = 30_000;

/**
 * A page that was open while the service was updated asks for files that are no longer there: load it again, but
 * never twice in a row, so that a broken installation shows its error.
 */
export function reloadAfterUpdate(reload: () => void = () => window.location.reload()): void {
  window.addEventListener("vite:preloadError", (event) => {
    const last = Number(sessionStorage.getItem(KEY) ?? 0);
    if (Date.now() - last < PAUSE_MS) return;
    event.preventDefault();
    sessionStorage.setItem(KEY, String(Date.now()));
    reload();
  });
}
