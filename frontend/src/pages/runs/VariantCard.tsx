import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { chooseVariant, runQuery } from "../../api/runs";
import type { RunDetail, Variant } from "../../api/types";
import { hasRole, useProject } from "../../app/project";
import { Button } from "../../components/Button";
import { Sentence } from "../../components/Failed";
import { Notice } from "../../components/Notice";
import { Card } from "../../components/Page";
import { Segmented } from "../../components/Segmented";
import styles from "./RunPage.module.css";

/** Which maps stand on boards and why, or the choice that is the researcher's. */
export function VariantCard({ run }: { run: RunDetail }) {
  const project = useProject();
  const mayChoose = hasRole(project, "researcher");
  const sentence = run.variant_reason ?? "";
  return (
    <Card title={run.needs_choice ? "Choose the maps for the boards" : "Maps on boards"}>
      {run.needs_choice ? (
        <Notice tone="careful">{sentence}</Notice>
      ) : (
        <p className={styles.reason}>{sentence}</p>
      )}
      {mayChoose ? <Choose run={run} /> : null}
    </Card>
  );
}

function Choose({ run }: { run: RunDetail }) {
  const queries = useQueryClient();
  const [variant, setVariant] = useState<Variant>(run.variant ?? "plain");
  const choose = useMutation({
    mutationFn: () => chooseVariant(run.id, variant),
    onSuccess: (now) => {
      queries.setQueryData(runQuery(run.id).queryKey, now);
      void queries.invalidateQueries({ queryKey: ["runs"] });
    },
  });
  return (
    <div className={styles.choose}>
      <Segmented
        label="Maps on boards"
        hideLabel
        value={variant}
        onValue={setVariant}
        options={[
          { value: "plain", label: "Plain" },
          { value: "contrastive", label: "Contrastive" },
        ]}
      />
      <Button
        look={run.needs_choice ? "main" : "plain"}
        busy={choose.isPending}
        disabled={variant === run.variant}
        onClick={() => choose.mutate()}
      >
        Use these on boards
      </Button>
      <Sentence error={choose.error} />
    </div>
  );
}
