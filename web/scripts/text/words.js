/** Where a synthesis stands, in a word. */
export const states = {
  queued: "Waiting", running: "Running", completed: "Finished", failed: "Failed", cancelled: "Cancelled",
};

/** Whether it has ended. */
export function ended(status) {
  return status !== "queued" && status !== "running";
}

/** What an energy term is called. */
export function term(name) {
  return { content: "Content", smoothness: "Smoothness", total: "Total", objective: "Minimised" }[name] ?? `Style, ${name}`;
}

/** A name that any file system takes. */
export function fileName(name, extension) {
  const plain = name.replaceAll(/[^\p{L}\p{N} ._-]/gu, "").trim().replace(/^\.+/, "");
  return `${plain || "picture"}.${extension}`;
}
