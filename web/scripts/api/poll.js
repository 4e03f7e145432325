const patience = 2;
const most = 30;

/**
 * Looks again and again: as soon as is worth it, not while the tab is hidden, and more and more seldom while it fails.
 * @param {() => Promise<number|null>} look returns after how many seconds to look again; null: it is over
 * @param {(error: Error) => boolean} failed whether to go on after a failure
 * @param {AbortSignal} signal ends it
 */
export async function poll(look, failed, signal) {
  let failures = 0;
  while (!signal.aborted) {
    let seconds;
    try {
      await visible(signal);
      seconds = await look();
      failures = 0;
    } catch (e) {
      if (signal.aborted || e.name === "AbortError" || !failed(e)) {
        return;
      }
      seconds = Math.min(most, patience * 2 ** failures++);
    }
    if (seconds === null) {
      return;
    }
    await sleep(seconds * 1000, signal);
  }
}

function sleep(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}

function visible(signal) {
  return document.hidden ? new Promise((resolve) => {
    const look = () => {
      if (!document.hidden || signal.aborted) {
        document.removeEventListener("visibilitychange", look);
        resolve();
      }
    };
    document.addEventListener("visibilitychange", look);
    signal.addEventListener("abort", look, { once: true });
  }) : Promise.resolve();
}
