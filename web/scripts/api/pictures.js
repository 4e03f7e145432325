import { send } from "./client.js";

/**
 * Shows pictures of the server in an element, one after the other: fetched with the key, shown as object URLs, revoked when replaced or
 * when the view is left. The old one stays until the new one is decoded.
 * @param {HTMLImageElement} img
 * @param {AbortSignal} signal of the view
 * @returns show(path): true when another picture than before is shown
 */
export function pictureIn(img, signal) {
  let shown = null;
  let wanted = 0;
  signal.addEventListener("abort", () => shown && URL.revokeObjectURL(shown.url));
  return async (path) => {
    const turn = ++wanted;
    const response = await send(path, { signal });
    const etag = response.headers.get("etag");
    const blob = await response.blob();
    if (shown && shown.path === path && etag !== null && shown.etag === etag) {
      return false;
    }
    const url = URL.createObjectURL(blob);
    const decoded = new Image();
    decoded.src = url;
    try {
      await decoded.decode();
    } catch {
      URL.revokeObjectURL(url);
      return false;
    }
    if (signal.aborted || turn !== wanted) {
      URL.revokeObjectURL(url);
      return false;
    }
    img.src = url;
    img.hidden = false;
    if (shown) {
      URL.revokeObjectURL(shown.url);
    }
    shown = { path, etag, url };
    return true;
  };
}

/** A file of the server as a File. */
export async function fileOf(path, name, signal) {
  const blob = await (await send(path, { signal })).blob();
  return new File([blob], name, { type: blob.type });
}

/** Saves a file of the server to the person's disk. */
export async function save(path, name, signal) {
  const url = URL.createObjectURL(await (await send(path, { signal })).blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun reading by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
