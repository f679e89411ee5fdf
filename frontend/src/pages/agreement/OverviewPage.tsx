import { Loading } from "../../components/Skeleton";
import { AgreementByClass } from "./AgreementByClass";
import { Answer } from "./Answer";
import { ClassesTable } from "./ClassesTable";
import { Coverage } from "./Coverage";
import { NamedBy } from "./NamedBy";
import { NamesByClass } from "./NamesByClass";
import { OverAll } from "./OverAll";
import { Purity } from "./Purity";
import { leastAgreeingFirst, useRound } from "./round";

/** The tables and figures of sections 4.1 to 4.3 of the naming paper for a round; classes in one order throughout. */
export function OverviewPage() {
  const { overview } = useRound();
  const classes = leastAgreeingFirst(overview.classes).filter((each) => each.figures);
  return (
    <>
      <Answer />
      {classes.length > 0 ? (
        <>
          <AgreementByClass classes={classes} />
          <NamesByClass classes={classes} />
          <Coverage classes={classes} />
          <NamedBy classes={classes} />
          <Purity classes={classes} />
          <ClassesTable classes={classes} />
          {overview.overall ? <OverAll overall={overview.overall} /> : null}
        </>
      ) : overview.classes.length === 0 ? null : (
        <Loading height={320} count={2} />
      )}
    </>
  );
}
