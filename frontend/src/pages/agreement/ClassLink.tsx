import { Link } from "@tanstack/react-router";
import { useRound } from "./round";
import { sharedSearch, useHere } from "./search";

/** The name of a class; leads to its pairs. */
export function ClassLink({ of }: { of: { position: number; name: string } }) {
  const { round } = useRound();
  const { search } = useHere();
  return (
    <Link
      to="/agreement/$round/pairs"
      params={{ round }}
      search={{ ...sharedSearch({ ...search }), class: of.position }}
    >
      {of.name}
    </Link>
  );
}
