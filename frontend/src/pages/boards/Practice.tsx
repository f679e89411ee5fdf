import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { beginPractice, type PracticeOffer, readPractice } from "../../board/api";
import { Button } from "../../components/Button";
import { Sentence } from "../../components/Failed";
import { many } from "../../components/format";
import styles from "./BoardsPage.module.css";

/** The practice board of each naming round: as often as the person likes, counted nowhere. */
export function Practice({ project }: { project: string }) {
  const found = useQuery({
    queryKey: ["practice", project],
    queryFn: () => readPractice(project),
    staleTime: 0, // hands were at a board since
  });
  if (found.error) return <Sentence error={found.error} />;
  if (!found.data || found.data.length === 0) return null;
  return (
    <section>
      <h2 className={styles.title}>Practice</h2>
      <p className={styles.about}>Try the board out on a few maps; nothing on a practice board counts.</p>
      <ul className={styles.list}>
        {found.data.map((offer) => (
          <Offer key={offer.round_id} offer={offer} />
        ))}
      </ul>
    </section>
  );
}

function Offer({ offer }: { offer: PracticeOffer }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const begin = useMutation({
    mutationFn: (again: boolean) => beginPractice(offer.round_id, again),
    onSuccess: async (board) => {
      await queries.invalidateQueries({ queryKey: ["practice"] });
      await navigate({ to: board.url });
    },
  });
  const begun = offer.board !== null && offer.board.placed > 0;
  return (
    <li className={styles.line}>
      <span className={styles.link}>{offer.class_name}</span>
      <span className={styles.round}>
        {offer.round_name} · {many(offer.total, "map")}
        {offer.repeats ? ", which come again on your own boards" : ""}
        <Sentence error={begin.error} />
      </span>
      <span className={styles.count}>
        {begun ? (
          <Button look="quiet" busy={begin.isPending} onClick={() => begin.mutate(true)}>
            Start again
          </Button>
        ) : null}
        <Button busy={begin.isPending} onClick={() => begin.mutate(false)}>
          {begun ? "Go on practising" : "Practise"}
        </Button>
      </span>
    </li>
  );
}
