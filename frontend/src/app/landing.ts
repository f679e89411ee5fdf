import type { Me } from "../api/types";
import { onlyAnnotates } from "./project";

/** Where a person begins: whoever only annotates at the boards, everyone else at the projects. */
export function landing(me: Me): "/boards" | "/" {
  return onlyAnnotates(me) ? "/boards" : "/";
}
