import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useLive } from "../../api/events";
import { useMe } from "../../api/me";
import { useShownProject } from "../../app/project";
import { orders, readBoard, service } from "../../board/api";
import { Arranger } from "../../board/arranger";
import { Conductor } from "../../board/conductor";
import { BoardContext } from "../../board/context";
import { makeDesk } from "../../board/desk";
import { outbox } from "../../board/outbox";
import { Board } from "../../board/parts/Board";
import { BoardSession } from "../../board/session";
import type { BoardState } from "../../board/wire";
import { Empty } from "../../components/Empty";
import { Failed } from "../../components/Failed";
import { LinkButton } from "../../components/LinkButton";
import { Page, usePageTitle } from "../../components/Page";
import { toast } from "../../components/Toast";
import { TileStore } from "../../maps/sheets";
import { WaitingOfOthers } from "../boards/WaitingOfOthers";
import { PageLoading } from "../not-found/PageLoading";

/** One board, filling the window. */
export function BoardPage() {
  const { board } = useParams({ strict: false }) as { board: string };
  const found = useQuery({
    queryKey: ["board", board],
    queryFn: () => readBoard(board),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  if (found.data) return <AtBoard key={board} board={found.data} />;
  if (found.error) {
    return (
      <Page title="Board" help={HELP}>
        <Failed error={found.error} retry={() => void found.refetch()} />
        <WaitingOfOthers />
      </Page>
    );
  }
  return <PageLoading />;
}

const HELP = [
  "A board holds the maps of one class, for one person.",
  "This one could not be opened for you.",
  "Go back to your boards, or sign in as the person it belongs to.",
] as const;

function AtBoard({ board }: { board: BoardState }) {
  const me = useMe();
  const [first] = useState(board); // the session keeps itself up to date from here on
  const [owner] = useState(me.account);
  const { id, name, email } = owner;
  const [conductor, setConductor] = useState<Conductor | null>(null);
  const queries = useQueryClient();
  usePageTitle(board.class_name);
  useShownProject(board.project_id);

  useEffect(() => {
    const session = new BoardSession({
      board: first,
      account: { id, name: name || email },
      outbox,
      service,
      say: toast,
    });
    const tiles = new TileStore(
      first.tile,
      first.maps.map(([, place]) => place as number),
    );
    void tiles.warm();
    const desk = makeDesk();
    const arranger = new Arranger({
      board: first.id,
      account: id,
      desk,
      state: () => session.store.getState().state,
      orders,
      say: toast,
    });
    setConductor(new Conductor(first, session, desk, tiles, arranger, toast));
    return () => {
      tiles.close();
      void session.leave().then(() => {
        void queries.invalidateQueries({ queryKey: ["boards"] });
        void queries.invalidateQueries({ queryKey: ["practice"] });
      });
    };
  }, [first, id, name, email, queries]);

  useLive([`board:${first.id}`], (event) => {
    const version = (event.data as { version?: number } | null)?.version ?? 0;
    if (conductor && version > conductor.state.version) void conductor.session.catchUp();
  });
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (conductor?.session.store.getState().saved.kind === "unkept") event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [conductor]);

  if (me.account.id !== id) return <OfSomebodyElse name={name || email} />;
  if (!conductor) return <PageLoading />;
  return (
    <BoardContext.Provider value={conductor}>
      <Board account={id} />
    </BoardContext.Provider>
  );
}

/** Another person signed in over this board: it is not theirs to see. */
function OfSomebodyElse({ name }: { name: string }) {
  return (
    <Page title="Board" help={HELP}>
      <WaitingOfOthers />
      <Empty
        title={`This board belongs to ${name}`}
        action={<LinkButton to="/boards">To your boards</LinkButton>}
      >
        You signed in as somebody else. Nothing of {name} is lost: it goes on when {name} signs in again.
      </Empty>
    </Page>
  );
}
