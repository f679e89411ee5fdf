import { useRound } from "./round";

/** Names of the files of these pages, without their ending: the round first, then of what: "First round, bird, pairs". */
export function useFileName(): (...parts: readonly string[]) => string {
  const { overview } = useRound();
  return (...parts) => [overview.choices.round_name, ...parts].join(", ");
}
