const place = "cnnmrf-batches";
const most = 12;

/** Names of batches that were looked at in this browser, the newest first. */
export function recentBatches() {
  try {
    const names = JSON.parse(localStorage.getItem(place) ?? "[]");
    return Array.isArray(names) ? names.filter((n) => typeof n === "string") : [];
  } catch {
    return [];
  }
}

/** Keeps a name. */
export function rememberBatch(name) {
  try {
    localStorage.setItem(place, JSON.stringify([name, ...recentBatches().filter((n) => n !== name)].slice(0, most)));
  } catch {
    // Without storage nothing is kept.
  }
}
