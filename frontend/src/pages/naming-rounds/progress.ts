import type { BoardProgress, NamingRound, NamingRoundDetail, RoundProgress } from "../../api/types";

type Annotator = NamingRoundDetail["annotators"][number];

/** One annotator of a round with their boards, by the position of the class. */
export interface AnnotatorRow {
  readonly annotator: string;
  /** Only for those who give out boards. */
  readonly name: string | null;
  readonly progress: RoundProgress;
  readonly boards: ReadonlyMap<number, BoardProgress>;
  readonly changedAt: string | null;
}

/** The matrix annotators × classes, annotators in their order. */
export function annotatorRows(round: NamingRoundDetail): AnnotatorRow[] {
  return round.annotators.map((annotator: Annotator) => {
    const own = round.boards.filter((board) => board.annotator === annotator.annotator);
    const changes = own.flatMap((board) => (board.changed_at ? [board.changed_at] : []));
    return {
      annotator: annotator.annotator,
      name: annotator.name,
      progress: annotator.progress,
      boards: new Map(own.map((board) => [board.class_position, board])),
      changedAt: changes.length > 0 ? changes.reduce((a, b) => (a > b ? a : b)) : null,
    };
  });
}

/** Placed maps as a share; null where there is none to place. */
export function share({ placed, total }: Pick<RoundProgress, "placed" | "total">): number | null {
  return total === 0 ? null : placed / total;
}

/** Boards whose annotator chose to see what they hide. */
export function notBlind(round: NamingRoundDetail): number {
  return round.boards.filter((board) => !board.blind).length;
}

/** Where a round stands, in a word. */
export function stateOf({ progress }: Pick<NamingRound, "progress">): {
  word: string;
  tone: "plain" | "accent" | "good";
} {
  if (progress.boards > 0 && progress.complete === progress.boards) return { word: "Finished", tone: "good" };
  return progress.placed > 0 ? { word: "Naming", tone: "accent" } : { word: "Not begun", tone: "plain" };
}
