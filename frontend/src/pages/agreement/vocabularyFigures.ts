import type { Group, Vocabulary } from "../../api/agreement";

/** A word of the consensus vocabulary; `index` is how the service calls it. */
export interface GroupRow {
  readonly index: number;
  /** Stays the same as long as its first member does. */
  readonly key: string;
  readonly group: Group;
}

/** All groups, those with most annotators behind them first, as they come. */
export function groupRows({ groups }: Pick<Vocabulary, "groups">): GroupRow[] {
  return groups.map((group, index) => ({ index, key: group.members[0]?.concept_id ?? String(index), group }));
}

/** Those that stand for themselves: a concept that refines or contains another group is listed under that. */
export function ownRows(rows: readonly GroupRow[]): GroupRow[] {
  return rows.filter(({ group }) => group.listed_under === null);
}

/** Readings of a group that are finer, or broader, than one of its members. */
export function readingsOf({ readings }: Group, relation: "finer" | "broader") {
  return readings.filter((each) => each.relation === relation);
}

/** Words that at least two annotators stand behind. */
export function shared(rows: readonly GroupRow[]): number {
  return rows.filter(({ group }) => group.support >= 2).length;
}
