import {
  memo,
  type PointerEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { colourOf } from "../colours";
import { useConductor, useDesk, useShown } from "../context";
import { dragMap, type Load, useDrop } from "../drag";
import { type Box, corner, type Grid, gridOf, rowsBetween, scrollTo, touched, visible } from "../geometry";
import { click, rectangle } from "../selection";
import { DISCARDED, NOT_SURE, UNLABELED } from "../state";
import styles from "./MapGrid.module.css";
import { RowPicture } from "./RowPicture";

/** All maps of the open place: only what can be seen is in the page, selection lives in sets of indices. */
export function MapGrid({ list, label }: { list: readonly number[]; label: string }) {
  const conductor = useConductor();
  const size = useDesk((desk) => desk.size);
  const open = useDesk((desk) => desk.open);
  const held = useDesk((desk) => desk.held);
  const pane = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ width: 0, height: 0, top: 0 });
  const grid = useMemo(() => gridOf(view.width, list.length, size), [view.width, list.length, size]);
  const band = useBand(pane, grid, list);

  useLayoutEffect(() => {
    const element = pane.current;
    if (!element) return;
    const measure = () =>
      setView((before) => ({ ...before, width: element.clientWidth, height: element.clientHeight }));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => conductor.desk.setState({ columns: grid.columns }), [conductor, grid.columns]);
  useFollowCursor(pane, grid, list);

  const over = useDrop(pane, {
    accepts: useCallback(
      (load: Load) =>
        load.kind === "maps" &&
        open !== NOT_SURE &&
        load.maps.some((map) => conductor.state.places[map] !== open),
      [conductor, open],
    ),
    drop: useCallback(
      (load: Load) => {
        if (load.kind === "maps") void conductor.assign(load.maps, open);
      },
      [conductor, open],
    ),
  });

  const [first, last] = visible(grid, list.length, view.top, view.height, 1);
  const cursor = useDesk((desk) => desk.selection.cursor);
  const seen = !held && cursor !== null && list.slice(first, last).includes(cursor);
  return (
    <div
      ref={pane}
      className={`${styles.pane} ${over ? styles.over : ""}`}
      role="listbox"
      aria-multiselectable
      aria-busy={held}
      aria-label={label}
      aria-activedescendant={seen ? `map-${cursor}` : undefined}
      tabIndex={0}
      data-board-grid
      onScroll={(event) => {
        const { scrollTop } = event.currentTarget;
        setView((before) => ({ ...before, top: scrollTop }));
      }}
      {...band.handlers}
    >
      <div className={styles.all} style={{ height: grid.height }} role="presentation">
        {held ? (
          <Placeholders grid={grid} first={first} last={last} />
        ) : (
          <Tiles grid={grid} list={list} first={first} last={last} />
        )}
        {band.box ? (
          <div
            className={styles.band}
            style={{
              transform: `translate(${band.box.left}px, ${band.box.top}px)`,
              width: band.box.right - band.box.left,
              height: band.box.bottom - band.box.top,
            }}
          />
        ) : null}
      </div>
      {list.length === 0 ? <p className={styles.empty}>{EMPTY[open] ?? NOTHING_HERE}</p> : null}
    </div>
  );
}

interface PartProps {
  grid: Grid;
  /** Positions in the list, the last one not included. */
  first: number;
  last: number;
}

function Tiles({ grid, list, first, last }: PartProps & { list: readonly number[] }) {
  return (
    <>
      {rowsBetween(grid, first, last).map((row) => (
        <RowPicture key={`row ${row}`} list={list} row={row} grid={grid} />
      ))}
      {list.slice(first, last).map((map, offset) => (
        <GridTile key={map} map={map} position={first + offset} count={list.length} grid={grid} list={list} />
      ))}
    </>
  );
}

/** Where tiles will stand, as long as it is not known which. */
function Placeholders({ grid, first, last }: PartProps) {
  const positions = Array.from({ length: last - first }, (_, offset) => first + offset);
  return positions.map((position) => {
    const { x, y } = corner(grid, position);
    return (
      <span
        key={position}
        className={styles.tile}
        style={{ width: grid.side, height: grid.side, transform: `translate(${x}px, ${y}px)` }}
        aria-hidden
      />
    );
  });
}

const EMPTY: Readonly<Record<string, string>> = {
  [UNLABELED]: "Every map is placed. Look through the concepts once more, then press I am done.",
  [NOT_SURE]: "There is no map that you are not sure about. Q marks one.",
};
const NOTHING_HERE = "Nothing here yet. Drag maps onto the card, or select some and press its number.";

interface GridTileProps {
  map: number;
  position: number;
  count: number;
  grid: Grid;
  list: readonly number[];
}

const GridTile = memo(function GridTile({ map, position, count, grid, list }: GridTileProps) {
  const conductor = useConductor();
  const tile = useRef<HTMLDivElement>(null);
  const selected = useDesk((desk) => desk.selection.selected.has(map));
  const here = useDesk((desk) => desk.selection.cursor === map);
  const notSure = useShown((shown) => shown.state.notSure.has(map));
  const mixed = useDesk((desk) => desk.open === NOT_SURE);
  useEffect(
    () => (tile.current ? dragMap(tile.current, map, conductor, styles.dragged as string) : undefined),
    [map, conductor],
  );
  const { x, y } = corner(grid, position);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox hears the keys, its options are never focused
    // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant of the listbox stands for focus
    <div
      ref={tile}
      id={`map-${map}`}
      className={`${styles.tile} ${selected ? styles.selected : ""} ${here ? styles.here : ""}`}
      role="option"
      aria-selected={selected}
      aria-posinset={position + 1}
      aria-setsize={count}
      aria-label={`Map ${map + 1}${notSure ? ", not sure" : ""}`}
      data-map={map}
      style={{ width: grid.side, height: grid.side, transform: `translate(${x}px, ${y}px)` }}
      onClick={(event) =>
        conductor.setSelection(
          click(list, conductor.desk.getState().selection, map, {
            shift: event.shiftKey,
            ctrl: event.ctrlKey || event.metaKey,
          }),
        )
      }
      onDoubleClick={() => conductor.show("large")}
    >
      {mixed ? <PlaceMark map={map} /> : null}
      {notSure ? (
        <span className={styles.unsure} aria-hidden>
          ?
        </span>
      ) : null}
    </div>
  );
});

/** Where a map stands, among maps of several places. */
function PlaceMark({ map }: { map: number }) {
  const number = useShown(({ state }) => state.concepts.findIndex(({ id }) => id === state.places[map]) + 1);
  const discarded = useShown(({ state }) => state.places[map] === DISCARDED);
  if (number === 0 && !discarded) return null;
  return (
    <span
      className={styles.place}
      style={{ background: discarded ? "var(--line-strong)" : colourOf(number) }}
      aria-hidden
    >
      {discarded ? "X" : number}
    </span>
  );
}

/** Scroll so that the cursor is seen whenever it moves, or the maps around it do. */
function useFollowCursor(
  pane: React.RefObject<HTMLDivElement | null>,
  grid: Grid,
  list: readonly number[],
): void {
  const cursor = useDesk((desk) => desk.selection.cursor);
  const order = useDesk((desk) => desk.order);
  const latest = useRef({ grid, list });
  latest.current = { grid, list };
  const ordered = useRef(order);
  useEffect(() => {
    const element = pane.current;
    const position = cursor === null ? -1 : latest.current.list.indexOf(cursor);
    const moved = ordered.current !== order;
    ordered.current = order;
    if (element && position < 0 && moved) element.scrollTop = 0;
    if (!element || position < 0) return;
    element.scrollTop = scrollTo(latest.current.grid, position, element.scrollTop, element.clientHeight);
  }, [cursor, order, pane]);
}

const EDGE = 32;
const SPEED = 14;

/** The rubber band: begins between tiles, or on a tile with Alt; scrolls at the edges. */
function useBand(pane: React.RefObject<HTMLDivElement | null>, grid: Grid, list: readonly number[]) {
  const conductor = useConductor();
  const [box, setBox] = useState<Box | null>(null);
  const drag = useRef<{ x: number; y: number; base: ReadonlySet<number>; adds: boolean } | null>(null);
  const point = (event: PointerEvent): { x: number; y: number } => {
    const element = pane.current as HTMLDivElement;
    const frame = element.getBoundingClientRect();
    return { x: event.clientX - frame.left, y: event.clientY - frame.top + element.scrollTop };
  };
  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      const onTile = (event.target as Element).closest("[data-map]") !== null;
      const element = event.currentTarget;
      const onScrollBar = event.clientX - element.getBoundingClientRect().left >= element.clientWidth;
      if (event.button !== 0 || event.pointerType === "touch" || onScrollBar || (onTile && !event.altKey))
        return;
      const adds = event.shiftKey || event.ctrlKey || event.metaKey;
      drag.current = {
        ...point(event),
        base: adds ? conductor.desk.getState().selection.selected : new Set(),
        adds,
      };
      element.setPointerCapture(event.pointerId);
      if (!adds) conductor.setSelection(rectangle([], new Set(), false));
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      const start = drag.current;
      if (!start) return;
      const now = point(event);
      const next = {
        left: Math.min(start.x, now.x),
        top: Math.min(start.y, now.y),
        right: Math.max(start.x, now.x),
        bottom: Math.max(start.y, now.y),
      };
      setBox(next);
      const hits = touched(grid, list.length, next).map((position) => list[position] as number);
      conductor.setSelection({ ...rectangle(hits, start.base, start.adds), cursor: null });
      const element = event.currentTarget;
      const within = event.clientY - element.getBoundingClientRect().top;
      if (within < EDGE) element.scrollTop -= SPEED;
      if (within > element.clientHeight - EDGE) element.scrollTop += SPEED;
    },
    onPointerUp: (event: PointerEvent<HTMLDivElement>) => {
      if (!drag.current) return;
      drag.current = null;
      setBox(null);
      event.currentTarget.releasePointerCapture(event.pointerId);
    },
    onPointerCancel: () => {
      drag.current = null;
      setBox(null);
    },
  };
  return { box, handlers };
}
