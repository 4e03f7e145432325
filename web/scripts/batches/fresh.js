const patience = 60_000;
let started = null;

/** Keeps what starting a batch was answered with: its report is written a moment later. */
export function keepFresh(batch) {
  started = { batch, at: Date.now() };
}

/** What was answered when the batch was started just now; else null. */
export function freshBatch(name) {
  return started !== null && started.batch.name === name && Date.now() - started.at < patience ? started.batch : null;
}
