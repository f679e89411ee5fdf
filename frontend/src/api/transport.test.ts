import { expect, test, vi } from "vitest";
import { newId } from "./ids";
import { Problem, problemOf } from "./problem";
import { transport } from "./transport";

const request = (path: string, method = "GET") =>
  new Request(`http://127.0.0.1:8400${path}`, method === "GET" ? {} : { method, body: "{}" });

const answers = (...statuses: number[]) => {
  const seen: Request[] = [];
  const send = async (sent: Request) => {
    seen.push(sent);
    return new Response(null, { status: statuses[seen.length - 1] ?? 200 });
  };
  return { seen, send };
};

test("a lost session asks for a sign-in and then sends the same request once more, under the same key", async () => {
  const { seen, send } = answers(401, 201);
  const ask = vi.fn(async () => "same" as const);

  const answer = await transport(request("/api/projects", "POST"), send, ask);

  expect(answer.status).toBe(201);
  expect(ask).toHaveBeenCalledTimes(1);
  expect(seen).toHaveLength(2);
  expect(seen[0]?.headers.get("Idempotency-Key")).toMatch(/^[0-9a-f-]{36}$/);
  expect(seen[1]?.headers.get("Idempotency-Key")).toBe(seen[0]?.headers.get("Idempotency-Key"));
  expect(await seen[1]?.text()).toBe("{}");
});

test("what one person had under way is not sent in another person's name", async () => {
  const { seen, send } = answers(401);

  const sent = transport(request("/api/projects", "POST"), send, async () => "other");

  await expect(sent).rejects.toMatchObject({ code: "other_person" });
  expect(seen).toHaveLength(1);
});

test("asking who is here and signing in take 401 as their answer", async () => {
  const ask = vi.fn(async () => "same" as const);

  for (const path of [
    "/api/me",
    "/api/sign-in",
    "/api/sign-in-links/abcdefghijk",
    "/api/invitations/abcdefghijk",
  ]) {
    expect((await transport(request(path), answers(401).send, ask)).status).toBe(401);
  }

  expect(ask).not.toHaveBeenCalled();
});

test("a service that does not answer is a problem with a remedy", async () => {
  const sent = transport(request("/api/me"), async () => {
    throw new TypeError("Failed to fetch");
  });

  await expect(sent).rejects.toMatchObject({ code: "unreachable", status: 0 });
});

test("a refusal keeps its sentence, and fields are found by their path", () => {
  const problem = problemOf(422, {
    title: "Can't be done",
    status: 422,
    detail: "name: too long.",
    code: "invalid",
    fields: [{ path: "name", message: "too long" }],
  });

  expect(problem).toBeInstanceOf(Problem);
  expect(problem.message).toBe("name: too long.");
  expect(problem.field("name")).toBe("too long");
  expect(problem.field("email")).toBeUndefined();
});

test("an answer that explains nothing still gives one sentence", () => {
  expect(problemOf(413, "<html>").message).toBe("The file is larger than this service accepts.");
  expect(problemOf(500, null).message).toContain("(500)");
});

test("ids are UUIDs of version 4 and differ", () => {
  const ids = new Set(Array.from({ length: 200 }, newId));

  expect(ids.size).toBe(200);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
