import { useQuery } from "@tanstack/react-query";
import { ArrowLeft, ArrowRight } from "lucide-react";
import { Button, IconButton } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { Sentence } from "../../components/Failed";
import { decodeCells } from "../../maps/cells";
import { MapControls } from "../../maps/MapControls";
import { MapTile } from "../../maps/MapTile";
import { readLarge } from "../api";
import { colourOf } from "../colours";
import { useConductor, useDesk, useShown } from "../context";
import { placeName } from "../gestures";
import styles from "./LargeView.module.css";

/** One map and its photograph side by side, as the network saw them; arrows go to the next. */
export function LargeView({ list, close }: { list: readonly number[]; close: () => void }) {
  const conductor = useConductor();
  const { board } = conductor;
  const cursor = useDesk((desk) => desk.selection.cursor);
  const state = useShown((shown) => shown.state);
  const map = cursor ?? list[0] ?? 0;
  const id = board.maps[map]?.[0] as string;
  const large = useQuery({
    queryKey: ["board-large", board.id, id],
    queryFn: () => readLarge(board.id, id),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const place = state.places[map] as string;
  const number = state.concepts.findIndex((concept) => concept.id === place) + 1;
  const note = state.concepts[number - 1]?.note;
  const unsure = state.notSure.has(map);
  const position = list.indexOf(map);
  const step = (to: "left" | "right") =>
    conductor.perform({ kind: "arrow", step: to, shift: false, ctrl: false });
  return (
    <Dialog
      open
      onOpenChange={close}
      wide
      title={position < 0 ? "Map" : `Map ${position + 1} of ${list.length}`}
      footer={
        <>
          <MapControls />
          <Button
            aria-pressed={unsure}
            disabled={state.complete}
            title="Not sure about this map (Q)"
            onClick={() => conductor.perform({ kind: "not_sure" })}
          >
            {unsure ? "Sure again" : "Not sure"}
          </Button>
        </>
      }
    >
      <div className={styles.where}>
        <IconButton label="The map before" look="plain" disabled={position <= 0} onClick={() => step("left")}>
          <ArrowLeft aria-hidden />
        </IconButton>
        <span className={styles.place}>
          <i style={{ background: number ? colourOf(number) : "var(--line-strong)" }} />
          {placeName(state, place)}
          {unsure ? " · not sure" : ""}
        </span>
        <IconButton
          label="The next map"
          look="plain"
          disabled={position < 0 || position >= list.length - 1}
          onClick={() => step("right")}
        >
          <ArrowRight aria-hidden />
        </IconButton>
      </div>
      {note ? <p className={styles.note}>{note}</p> : null}
      <div className={styles.pair} data-large={large.data ? "ready" : "loading"}>
        {large.data ? (
          <>
            <MapTile
              picture={large.data.picture_url}
              cells={decodeCells(large.data.map.height, large.data.map.width, large.data.map.cells)}
              size={400}
              label="The map over the photograph"
            />
            <MapTile picture={large.data.picture_url} cells={null} size={400} label="The photograph" />
          </>
        ) : (
          <>
            <span className={styles.waiting} />
            <span className={styles.waiting} />
          </>
        )}
      </div>
      <Sentence error={large.error} />
    </Dialog>
  );
}
