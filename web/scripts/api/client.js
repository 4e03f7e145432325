import { askForKey, functionKey } from "./key.js";
import { ProblemError, problemOf, unanswered } from "./problem.js";

/** The address of an operation, wherever the page is served. */
export function api(path) {
  return new URL(`api/${path}`, document.baseURI).pathname + new URL(`api/${path}`, document.baseURI).search;
}

/**
 * Sends a request to this server and to no other. Asks for the function key where one is wanted.
 * @returns the answer, when it is one of success
 * @throws {ProblemError} what went wrong, in words
 */
export async function send(path, options = {}) {
  const url = new URL(path, document.baseURI);
  if (url.origin !== location.origin) {
    throw new ProblemError({ detail: `${url.origin} is another server; nothing was sent to it.` });
  }
  for (;;) {
    const key = functionKey();
    const response = await attempt(url, options, key);
    if (response.status === 401 && await askForKey(key)) {
      continue;
    }
    if (response.status === 401) {
      throw new ProblemError({ status: 401, code: "key", detail: "This server wants a function key. Load the page again to give one." });
    }
    if (!response.ok) {
      throw await problemOf(response);
    }
    return response;
  }
}

/** Asks for a JSON document. */
export async function getJson(path, signal) {
  return (await answered(await send(path, { signal }))).data;
}

/** A JSON answer, and in how many seconds it is worth asking again; null where it is not. */
export async function answered(response) {
  const after = Number.parseInt(response.headers.get("retry-after") ?? "", 10);
  try {
    return { data: await response.json(), retryAfter: Number.isNaN(after) ? null : after, etag: response.headers.get("etag") };
  } catch (e) {
    throw e.name === "AbortError" ? e : unanswered();
  }
}

async function attempt(url, options, key) {
  const headers = new Headers(options.headers);
  if (key !== null) {
    headers.set("x-functions-key", key);
  }
  try {
    return await fetch(url, { ...options, headers, credentials: "same-origin", redirect: "error" });
  } catch (e) {
    throw e.name === "AbortError" ? e : unanswered();
  }
}
