/** A time span as people say it. */
export function duration(seconds) {
  if (seconds < 1) {
    return "less than a second";
  }
  if (seconds < 90) {
    return `${Math.round(seconds)} s`;
  }
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/** How long ago a time was. */
export function ago(text) {
  const seconds = Math.max(0, (Date.now() - Date.parse(text)) / 1000);
  if (seconds < 45) {
    return "just now";
  }
  if (seconds < 5400) {
    return `${Math.max(1, Math.round(seconds / 60))} min ago`;
  }
  return seconds < 129_600 ? `${Math.round(seconds / 3600)} h ago` : new Date(text).toLocaleDateString(undefined, { dateStyle: "medium" });
}

/** A time in full. */
export function moment(text) {
  return new Date(text).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}
