import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Check } from "lucide-react";
import { useProject } from "../../app/project";
import { type BoardSummary, readBoards } from "../../board/api";
import { Empty } from "../../components/Empty";
import { Failed } from "../../components/Failed";
import { many, when } from "../../components/format";
import { LinkButton } from "../../components/LinkButton";
import { Page } from "../../components/Page";
import { ProgressBar } from "../../components/ProgressBar";
import styles from "./BoardsPage.module.css";
import { Practice } from "./Practice";
import { WaitingOfOthers } from "./WaitingOfOthers";

const HELP = [
  "A board holds the maps of one class; you group them and give the groups names.",
  "The board to go on with stands first, finished boards below.",
  "Everything you do on a board is saved at once, so you may leave at any time.",
] as const;

/** Open boards in the order they were made in, begun ones first; and those that are finished. */
export function inOrder(boards: readonly BoardSummary[]): { open: BoardSummary[]; finished: BoardSummary[] } {
  const begun = (board: BoardSummary) => (board.placed > 0 ? 0 : 1);
  const open = boards.filter((board) => !board.complete);
  open.sort((a, b) => begun(a) - begun(b) || a.id.localeCompare(b.id));
  return { open, finished: boards.filter((board) => board.complete) };
}

/** An annotator's home: the next open board first, then what is finished. */
export function BoardsPage() {
  const project = useProject();
  const found = useQuery({
    queryKey: ["boards", project?.id],
    queryFn: () => readBoards(project?.id),
    staleTime: 0, // hands were at a board since
  });
  const { open, finished } = inOrder(found.data ?? []);
  const [next, ...later] = open;
  return (
    <Page title="Boards" help={HELP} lead={found.data ? summary(open.length, finished.length) : " "} narrow>
      <WaitingOfOthers />
      {found.error ? <Failed error={found.error} retry={() => void found.refetch()} /> : null}
      {found.data?.length === 0 ? (
        <Empty title="No board waits for you">
          A board appears here once a researcher gives you one: they do so on the page of a naming round,
          after you have signed in for the first time.
        </Empty>
      ) : null}
      {next ? <NextBoard board={next} /> : null}
      {later.length > 0 ? <BoardList title="Also open" boards={later} /> : null}
      {finished.length > 0 ? <BoardList title="Finished" boards={finished} /> : null}
      {project ? <Practice project={project.id} /> : null}
    </Page>
  );
}

function summary(open: number, finished: number): string {
  return `${many(open, "board")} open, ${many(finished, "board")} finished`;
}

function NextBoard({ board }: { board: BoardSummary }) {
  return (
    <section className={styles.next}>
      <div className={styles.where}>
        <small>
          {board.placed > 0 ? "Go on with" : "Next"}, {board.round_name}
        </small>
        <h2>{board.class_name}</h2>
        <p>
          <b>{board.placed}</b> of {many(board.total, "map")} placed
        </p>
        <ProgressBar share={share(board)} label={`${board.placed} of ${board.total} maps placed`} />
        {board.own_instructions ? (
          <p className={styles.own}>
            <small>For you</small>
            {board.own_instructions}
          </p>
        ) : null}
      </div>
      <LinkButton to={board.url} look="main">
        {board.placed > 0 ? "Go on naming" : "Begin naming"}
      </LinkButton>
    </section>
  );
}

function BoardList({ title, boards }: { title: string; boards: readonly BoardSummary[] }) {
  return (
    <section>
      <h2 className={styles.title}>{title}</h2>
      <ul className={styles.list}>
        {boards.map((board) => (
          <li key={board.id} className={styles.line}>
            <Link to={board.url} className={styles.link}>
              {board.class_name}
            </Link>
            <span className={styles.round}>{board.round_name}</span>
            <span className={styles.count}>
              {board.complete ? <Check aria-hidden size={16} /> : null}
              {board.placed} of {many(board.total, "map")}
              {board.changed_at ? `, ${when(board.changed_at)}` : ""}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function share(board: BoardSummary): number {
  return board.total === 0 ? 0 : board.placed / board.total;
}
