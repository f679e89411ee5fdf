import type { Basis, Overview } from "../../api/agreement";
import { many } from "../../components/format";
import type { Origin } from "../../components/table/origin";

/** What the figures of a round's pages are of, as their files say it. */
export function originOf({ choices, classes }: Pick<Overview, "choices" | "classes">, basis: Basis): Origin {
  const oldest = classes.flatMap((each) => each.computed_at ?? []).sort()[0];
  const { annotators, completeOnly, minImages } = basis;
  return {
    facts: [
      ["Naming round", choices.round_name],
      ["Run", choices.run_name],
      ["Annotators", annotators.length > 0 ? annotators.join(", ") : `all ${choices.annotators.length}`],
      ["Boards", completeOnly ? "finished ones only" : "all"],
      ["Concepts of at least", many(minImages, "image")],
      ...(oldest ? [["Figures of", oldest] as const] : []),
    ],
  };
}
