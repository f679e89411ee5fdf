import { type Return, useSignInLayer } from "../app/signInLayer";
import { newId } from "./ids";
import { type Problem, problemOf, unreachable } from "./problem";
import { otherPerson } from "./transport";

/**
 * Post a form with files and say how much of it has left this machine, which `fetch` cannot.
 *
 * `progress` receives 0 … 1; 1 means everything was sent and the service is reading it. A session that ended
 * meanwhile asks for a sign-in over the page, then the upload begins again under the same key.
 */
export async function upload<T>(
  path: string,
  form: FormData,
  progress: (share: number) => void,
  signal?: AbortSignal,
  key: string = newId(),
  ask: () => Promise<Return> = () => useSignInLayer.getState().ask(),
): Promise<T> {
  try {
    return await send<T>(path, form, progress, signal, key);
  } catch (error) {
    if ((error as Problem).status !== 401) throw error;
    if ((await ask()) === "other") throw otherPerson();
    return upload(path, form, progress, signal, key, ask);
  }
}

function send<T>(
  path: string,
  form: FormData,
  progress: (share: number) => void,
  signal: AbortSignal | undefined,
  key: string,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("Idempotency-Key", key);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response as T);
      else reject(problemOf(request.status, request.response));
    };
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(new DOMException("The upload was stopped.", "AbortError"));
    signal?.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}
