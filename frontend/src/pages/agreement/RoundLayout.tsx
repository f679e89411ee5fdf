import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { ChevronDown } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { type Overview, overviewQuery } from "../../api/agreement";
import { roundQuery, roundsQuery } from "../../api/namings";
import { asProblem } from "../../api/problem";
import { useShownProject } from "../../app/project";
import { Button } from "../../components/Button";
import { Failed } from "../../components/Failed";
import { Menu } from "../../components/Menu";
import { Page } from "../../components/Page";
import { Loading } from "../../components/Skeleton";
import { OriginContext } from "../../components/table/origin";
import { Blinded, isBlinded } from "../explain/Blinded";
import { NotFoundPage } from "../not-found/NotFoundPage";
import styles from "./Agreement.module.css";
import { Filters } from "./Filters";
import { FreshnessBar } from "./FreshnessBar";
import { PAUSE_MS } from "./freshness";
import { originOf } from "./origin";
import { PARTS } from "./parts";
import { RoundContext } from "./round";
import { type OverviewSearch, sharedSearch, useHere } from "./search";
import { useFreshness } from "./useFreshness";

/** What all pages of a naming round share: the tabs, whose boards count, and how old the figures are. */
export function RoundLayout() {
  const { round, search, basis } = useHere<OverviewSearch>();
  const overview = useQuery({
    ...overviewQuery(round, basis, search.classes),
    refetchInterval: (query) => (isRefused(query.state.error) ? false : PAUSE_MS),
    placeholderData: keepPreviousData,
  });
  const computing = useFreshness(round, basis, overview);
  const found = overview.data?.choices.round_id === round ? overview.data : undefined;
  useShownProject(found?.choices.project_id);
  const here = useMemo(() => (found ? { round, basis, overview: found } : null), [round, basis, found]);
  const origin = useMemo(() => (found ? originOf(found, basis) : null), [found, basis]);
  if (overview.isError && asProblem(overview.error).status === 404) return <NotFoundPage />;
  if (isBlinded(overview.error)) {
    return (
      <Frame>
        <HiddenWhileNaming round={round} />
      </Frame>
    );
  }
  return (
    <Frame {...(found ? { choices: found.choices } : {})}>
      {found && here ? (
        <>
          <div className={styles.top}>
            <Tabs round={round} />
            <FreshnessBar classes={found.classes} computing={computing} unread={overview.isError} />
          </div>
          <Filters choices={found.choices} classes={found.classes} />
          <div className={styles.content} aria-busy={overview.isPlaceholderData}>
            <RoundContext value={here}>
              <OriginContext value={origin}>
                <Outlet />
              </OriginContext>
            </RoundContext>
          </div>
        </>
      ) : overview.isError ? (
        <Failed error={overview.error} retry={() => void overview.refetch()} />
      ) : (
        <Loading height={240} count={3} />
      )}
    </Frame>
  );
}

/** The service said no, which it will say again. */
function isRefused(error: Error | null): boolean {
  if (!error) return false;
  const { status } = asProblem(error);
  return status >= 400 && status < 500;
}

function Frame({ choices, children }: { choices?: Overview["choices"]; children: ReactNode }) {
  const { pathname } = useLocation();
  const part = PARTS.find(({ to }) => choices && to.replace("$round", choices.round_id) === pathname);
  const title = [part?.label, "Agreement", choices?.round_name].filter(Boolean).join(", ");
  return (
    <Page
      title="Agreement"
      tab={title}
      help={(part ?? PARTS[0]).help}
      lead={
        choices ? (
          <>
            {choices.round_name} ·{" "}
            <Link to="/runs/$run" params={{ run: choices.run_id }}>
              {choices.run_name}
            </Link>
          </>
        ) : null
      }
      actions={choices ? <RoundSwitcher project={choices.project_id} round={choices.round_id} /> : null}
    >
      {children}
    </Page>
  );
}

function Tabs({ round }: { round: string }) {
  return (
    <nav className={styles.tabs} aria-label="Parts of agreement" data-unprinted>
      {PARTS.map(({ to, label }) => (
        <Link
          key={to}
          to={to}
          params={{ round }}
          search={((before: Record<string, unknown>) => sharedSearch(before)) as never}
          className={styles.tab as string}
          activeOptions={{ exact: true, includeSearch: false }}
          activeProps={{ className: `${styles.tab} ${styles.here}`, "aria-current": "page" }}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}

/** Another round of the project, on the same part of the pages; filters are of one round and stay behind. */
function RoundSwitcher({ project, round }: { project: string; round: string }) {
  const rounds = useQuery(roundsQuery(project));
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const items = rounds.data?.items ?? [];
  if (items.length < 2) return null;
  return (
    <Menu
      label="Naming rounds"
      trigger={
        <Button>
          Naming round
          <ChevronDown aria-hidden />
        </Button>
      }
      groups={[
        items.map((each) => ({
          label: each.name,
          note: `${each.run_name}, ${each.progress.complete} of ${each.progress.boards} boards finished`,
          checked: each.id === round,
          choose: () => void navigate({ to: pathname.replace(round, each.id) } as never),
        })),
      ]}
    />
  );
}

function HiddenWhileNaming({ round }: { round: string }) {
  const found = useQuery(roundQuery(round));
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading height={200} />;
  return <Blinded run={found.data.run_id} project={found.data.project_id} what="agreement" />;
}
