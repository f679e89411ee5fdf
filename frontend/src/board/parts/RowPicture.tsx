import { memo, useMemo } from "react";
import { TileStrip } from "../../maps/TileStrip";
import { useConductor } from "../context";
import { corner, GAP, type Grid } from "../geometry";
import styles from "./MapGrid.module.css";

const RADIUS = 4;

/** The pictures of one row of the grid, under its tiles. */
export const RowPicture = memo(function RowPicture({
  list,
  row,
  grid,
}: {
  list: readonly number[];
  row: number;
  grid: Grid;
}) {
  const { tiles } = useConductor();
  const { columns, side } = grid;
  const maps = useMemo(() => list.slice(row * columns, (row + 1) * columns), [list, row, columns]);
  const { x, y } = corner(grid, row * columns);
  const width = columns * (side + GAP) - GAP;
  return (
    <div className={styles.row} style={{ width, height: side, transform: `translate(${x}px, ${y}px)` }}>
      <TileStrip tiles={tiles} maps={maps} columns={columns} side={side} gap={GAP} radius={RADIUS} />
    </div>
  );
});
