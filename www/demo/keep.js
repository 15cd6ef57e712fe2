// Keeping what was typed over a reload, only where the officer ticks the box: for this tab, until it is closed, sent or unticked.
// The one file of the demo that may touch storage (eslint.config.js says so).

const KEY = "referral-guide.kept";

/** Storage may be switched off by the force or the browser: then there is none. */
function storage() {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

/**
 * What was kept in this tab, or nothing.
 *
 * @returns {{ form: object, visited: string[] } | null}
 */
export function kept() {
  try {
    const found = JSON.parse(storage()?.getItem(KEY) ?? "null");
    return typeof found?.form?.formType === "string" && Array.isArray(found.visited) ? found : null;
  } catch {
    return null;
  }
}

/**
 * Keeps this, in place of what was kept before.
 *
 * @param {{ form: object, visited: string[] }} what
 * @returns {boolean} whether it could be kept
 */
export function keepForTab(what) {
  try {
    const store = storage();
    store?.setItem(KEY, JSON.stringify(what));
    return Boolean(store);
  } catch {
    return false;
  }
}

/** Leaves nothing behind. */
export function forget() {
  try {
    storage()?.removeItem(KEY);
  } catch {
    // Nothing could be kept either.
  }
}
