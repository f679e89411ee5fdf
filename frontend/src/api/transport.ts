import { type Return, useSignInLayer } from "../app/signInLayer";
import { newId } from "./ids";
import { Problem, unreachable } from "./problem";

/** Requests that ask who is here, or sign in, meet 401 as an answer and not as a lost session. */
const ANSWERS_OF_ITS_OWN = /^\/api\/(me|sign-in|sign-out|sign-in-links\/.*|invitations\/.*)$/;

/** Somebody else signed in over this page: what the first person had under way is not sent in the other's name. */
export function otherPerson(): Problem {
  return new Problem({
    title: "Somebody else signed in",
    status: 401,
    code: "other_person",
    detail: "Somebody else signed in meanwhile, so this was not sent.",
  });
}

/**
 * `fetch` as every call to the service uses it: names each creating request once, so that a repeated one is
 * answered from the first; and when the session has ended, asks for a sign-in over the page and goes on.
 */
export async function transport(
  request: Request,
  send: (request: Request) => Promise<Response> = fetch,
  ask: () => Promise<Return> = () => useSignInLayer.getState().ask(),
): Promise<Response> {
  if (request.method === "POST" && !request.headers.has("Idempotency-Key")) {
    request.headers.set("Idempotency-Key", newId());
  }
  const again = request.clone();
  const answer = await reach(send, request);
  if (answer.status !== 401 || ANSWERS_OF_ITS_OWN.test(new URL(request.url).pathname)) return answer;
  if ((await ask()) === "other") throw otherPerson();
  return transport(again, send, ask);
}

async function reach(send: (request: Request) => Promise<Response>, request: Request): Promise<Response> {
  try {
    return await send(request);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw unreachable();
  }
}
