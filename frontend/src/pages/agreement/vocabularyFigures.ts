import type { Group, Vocabulary } from "../../api/agreement";
import { normalised } from "./answer";

/** A word of the consensus vocabulary. */
export interface GroupRow {
  /** The id of its first member, by which the service knows it. */
  readonly key: string;
  readonly group: Group;
}

/** All groups, those with most annotators behind them first, as they come. */
export function groupRows({ groups }: Pick<Vocabulary, "groups">): GroupRow[] {
  return groups.map((group) => ({ key: group.members[0]?.concept_id ?? "", group }));
}

/** Those that stand for themselves: a concept that refines or contains another group is listed under that. */
export function ownRows(rows: readonly GroupRow[]): GroupRow[] {
  return rows.filter(({ group }) => group.listed_under === null);
}

/** A concept of one annotator that refines or contains a word's member, and the maps it shares with it. */
export interface ReadingRow {
  readonly concept: Group["members"][number];
  readonly member: Group["members"][number];
  readonly weight: number;
}

/** The concepts that are finer, or broader, than a member of the group; each is alone in a group of its own. */
export function readingsOf(
  rows: readonly GroupRow[],
  { readings }: Group,
  relation: "finer" | "broader",
): ReadingRow[] {
  return readings.flatMap((each) => {
    const concept = rows[each.group]?.group.members[0];
    return each.relation === relation && concept
      ? [{ concept, member: each.member, weight: each.weight }]
      : [];
  });
}

/** Words that at least two annotators stand behind. */
export function shared(rows: readonly GroupRow[]): number {
  return rows.filter(({ group }) => group.support >= 2).length;
}

/** Of the annotators who have the concept, those who give it the name it stands under. */
export function sayingSo({ name, members }: Pick<Group, "name" | "members">): number {
  return members.filter((each) => (each.name === null ? null : normalised(each.name)) === name).length;
}

/** "all say so", "2 of them say so": who groups alike may call it differently. */
export function saySo(group: Pick<Group, "name" | "members">): string {
  const k = sayingSo(group);
  if (k === group.members.length) return k === 1 ? "who says so" : "all say so";
  return k === 1 ? "1 of them says so" : `${k} of them say so`;
}
