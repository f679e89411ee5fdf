import { useQuery } from "@tanstack/react-query";
import { roundsQuery } from "../../api/namings";
import { SelectField } from "../../components/Field";
import { Segmented } from "../../components/Segmented";
import styles from "./Judgements.module.css";
import { FILTERS } from "./judging";
import type { Search } from "./search";

const ANY = "";

interface FiltersProps {
  project: string;
  search: Search;
  change: (next: Search) => void;
}

/** Which pairs are shown, and of which round. */
export function Filters({ project, search, change }: FiltersProps) {
  const rounds = useQuery(roundsQuery(project));
  return (
    <div className={styles.filters}>
      <Segmented
        label="Pairs"
        value={search.state ?? "open"}
        onValue={(state) => change({ state })}
        options={FILTERS}
      />
      <SelectField
        label="Naming round"
        value={search.round ?? ANY}
        onValue={(round) => change({ round: round || undefined })}
        options={[
          { value: ANY, label: "All rounds" },
          ...(rounds.data?.items ?? []).map((each) => ({ value: each.id, label: each.name })),
        ]}
      />
    </div>
  );
}
