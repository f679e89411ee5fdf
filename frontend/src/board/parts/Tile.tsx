import { memo } from "react";
import { SheetTile } from "../../maps/SheetTile";
import { useConductor } from "../context";

/** The photograph of a map of this board with the map over it, as large as its place. */
export const TilePicture = memo(function TilePicture({ map, side }: { map: number; side: number }) {
  const { tiles } = useConductor();
  return <SheetTile tiles={tiles} map={map} side={side} />;
});
