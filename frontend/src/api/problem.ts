/** What the service says when it refuses (contracts 4), and what this page says when no answer came at all. */
export interface ProblemBody {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly fields?: readonly { readonly path: string; readonly message: string }[] | null;
  readonly request_id?: string | null;
}

/** A refused request. `message` is the one sentence for the person. */
export class Problem extends Error {
  override readonly name = "Problem";

  constructor(readonly body: ProblemBody) {
    super(body.detail || body.title);
  }

  get status(): number {
    return this.body.status;
  }

  get code(): string {
    return this.body.code;
  }

  /** The sentence for one field of a form, if the service named it. */
  field(path: string): string | undefined {
    return this.body.fields?.find((field) => field.path === path || field.path.endsWith(`.${path}`))?.message;
  }
}

/** The service could not be reached. Status 0, so that callers may tell it from a refusal. */
export function unreachable(): Problem {
  return new Problem({
    title: "Not reachable",
    status: 0,
    code: "unreachable",
    detail: "The service does not answer. Check that it runs and that you are connected, then try again.",
  });
}

/** The problem in an answer that is not a success, whatever its body looks like. */
export function problemOf(status: number, body: unknown): Problem {
  if (typeof body === "object" && body !== null && "detail" in body && typeof body.detail === "string") {
    const found = body as ProblemBody;
    return new Problem({ ...found, status, code: found.code ?? "unknown" });
  }
  const detail =
    status === 413
      ? "The file is larger than this service accepts."
      : `The service answered with an error it did not explain (${status}).`;
  return new Problem({ title: "Error", status, code: "unknown", detail });
}

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem({
    title: "Error",
    status: -1,
    code: "page_error",
    detail:
      "This page met an error of its own. Load it again; if it comes back, tell whoever runs the service.",
    request_id: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  });
}
