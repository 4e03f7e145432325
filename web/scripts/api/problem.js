/** A request that was refused or not answered, in words. */
export class ProblemError extends Error {
  /** @param {{detail: string, status?: number, code?: string, field?: string, errors?: {field: string, detail: string}[]}} problem */
  constructor(problem) {
    super(problem.detail);
    this.status = problem.status ?? 0;
    this.code = problem.code ?? "";
    this.field = problem.field ?? null;
    /** Each problem on its own. */
    this.problems = problem.errors ?? [{ field: this.field, detail: problem.detail }];
    this.traceId = problem.traceId ?? null;
  }

  /** True where asking again later may help. */
  get passes() {
    return this.status === 0 || this.status >= 500 || this.status === 429;
  }
}

/** What an answer that is none of the expected ones says. */
export async function problemOf(response) {
  if ((response.headers.get("content-type") ?? "").includes("json")) {
    try {
      const document = await response.json();
      if (document && typeof document.detail === "string") {
        return new ProblemError({ ...document, status: response.status });
      }
    } catch {
      // Not the document that it said it was.
    }
  }
  return new ProblemError({
    status: response.status,
    detail: response.status === 413
      ? "The pictures are larger than the server takes. Save them smaller."
      : `The server answered ${response.status} without a reason. Try again; if it stays, look into its log.`,
  });
}

/** Nothing came back at all. */
export function unanswered() {
  return new ProblemError({
    status: 0, code: "unanswered",
      detail: "The server does not answer. See whether it runs and the network is there; what was started goes on.",
  });
}
