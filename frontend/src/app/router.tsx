import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from "@tanstack/react-router";
import { meQuery } from "../api/me";
import {
  overviewSearch,
  pairsSearch,
  sharedSearch,
  summarySearch,
  vocabularySearch,
} from "../pages/agreement/search";
import { NotFoundPage } from "../pages/not-found/NotFoundPage";
import { PageFailed } from "../pages/not-found/PageFailed";
import { PageLoading } from "../pages/not-found/PageLoading";
import { Shell } from "./Shell";
import { oneOf, text } from "./search";

interface Context {
  queries: QueryClient;
}

const root = createRootRouteWithContext<Context>()({ component: Outlet, notFoundComponent: NotFoundPage });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { to?: string } => text(search, "to"),
  component: lazyRouteComponent(() => import("../pages/sign-in/SignInPage"), "SignInPage"),
});

const signInLink = createRoute({
  getParentRoute: () => root,
  path: "/sign-in/$token",
  component: lazyRouteComponent(() => import("../pages/sign-in/SignInLinkPage"), "SignInLinkPage"),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitations/$token",
  component: lazyRouteComponent(() => import("../pages/invitation/InvitationPage"), "InvitationPage"),
});

/** Everything for signed-in people; remembers the project in every link. */
const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  validateSearch: (search: Record<string, unknown>): { project?: string } => text(search, "project"),
  search: { middlewares: [retainSearchParams(["project"])] },
  beforeLoad: async ({ context, location }) => {
    const me = await context.queries.ensureQueryData(meQuery);
    if (!me) throw redirect({ to: "/sign-in", search: { to: location.href } });
  },
});

const shell = createRoute({ getParentRoute: () => inside, id: "shell", component: Shell });

const projects = createRoute({
  getParentRoute: () => shell,
  path: "/",
  component: lazyRouteComponent(() => import("../pages/projects/ProjectsPage"), "ProjectsPage"),
});

const boards = createRoute({
  getParentRoute: () => shell,
  path: "/boards",
  component: lazyRouteComponent(() => import("../pages/boards/BoardsPage"), "BoardsPage"),
});

/** A page inside the shell; its search parameters are those of its link. */
function shellPage<P extends string, S extends object>(
  path: P,
  validateSearch: (search: Record<string, unknown>) => S,
  component: ReturnType<typeof lazyRouteComponent>,
) {
  return createRoute({ getParentRoute: () => shell, path, validateSearch, component });
}

const nothing = () => ({});

const people = shellPage(
  "/people",
  nothing,
  lazyRouteComponent(() => import("../pages/people/PeoplePage"), "PeoplePage"),
);

const jobs = shellPage(
  "/jobs",
  nothing,
  lazyRouteComponent(() => import("../pages/jobs/JobsPage"), "JobsPage"),
);

const dataSets = shellPage(
  "/data-sets",
  nothing,
  lazyRouteComponent(() => import("../pages/data-sets/DataSetsPage"), "DataSetsPage"),
);

const newDataSet = shellPage(
  "/data-sets/new",
  nothing,
  lazyRouteComponent(() => import("../pages/data-sets/NewDataSetPage"), "NewDataSetPage"),
);

const dataSet = shellPage(
  "/data-sets/$dataSet",
  (search) => ({
    ...text(search, "label"),
    ...text(search, "fine"),
    ...oneOf(search, "split", ["train", "test"]),
  }),
  lazyRouteComponent(() => import("../pages/data-sets/DataSetPage"), "DataSetPage"),
);

const classifiers = shellPage(
  "/classifiers",
  nothing,
  lazyRouteComponent(() => import("../pages/classifiers/ClassifiersPage"), "ClassifiersPage"),
);

const newClassifier = shellPage(
  "/classifiers/new",
  nothing,
  lazyRouteComponent(() => import("../pages/classifiers/NewClassifierPage"), "NewClassifierPage"),
);

const classifier = shellPage(
  "/classifiers/$classifier",
  (search) => ({ ...oneOf(search, "side", ["train", "test"]), ...text(search, "sort") }),
  lazyRouteComponent(() => import("../pages/classifiers/ClassifierPage"), "ClassifierPage"),
);

const runs = shellPage(
  "/runs",
  nothing,
  lazyRouteComponent(() => import("../pages/runs/RunsPage"), "RunsPage"),
);

const newRun = shellPage(
  "/runs/new",
  (search) => text(search, "classifier"),
  lazyRouteComponent(() => import("../pages/runs/NewRunPage"), "NewRunPage"),
);

const run = shellPage(
  "/runs/$run",
  (search) => ({
    ...oneOf(search, "part", ["overview", "errors", "features", "maps"]),
    ...oneOf(search, "tolerance", ["exact", "half_cell", "one_cell"]),
    ...text(search, "sort"),
  }),
  lazyRouteComponent(() => import("../pages/runs/RunPage"), "RunPage"),
);

const browse = shellPage(
  "/explain/$run",
  (search) => ({
    ...text(search, "class"),
    ...oneOf(search, "right", ["yes", "no"]),
    ...text(search, "naming"),
  }),
  lazyRouteComponent(() => import("../pages/explain/BrowsePage"), "BrowsePage"),
);

const explain = shellPage(
  "/explain/$run/$image",
  (search) => ({ ...text(search, "naming"), ...oneOf(search, "maps", ["plain", "contrastive"]) }),
  lazyRouteComponent(() => import("../pages/explain/ExplainPage"), "ExplainPage"),
);

const namingRounds = shellPage(
  "/naming-rounds",
  nothing,
  lazyRouteComponent(() => import("../pages/naming-rounds/NamingRoundsPage"), "NamingRoundsPage"),
);

const newNamingRound = shellPage(
  "/naming-rounds/new",
  (search) => text(search, "run"),
  lazyRouteComponent(() => import("../pages/naming-rounds/NewRoundPage"), "NewRoundPage"),
);

const namingRound = shellPage(
  "/naming-rounds/$round",
  nothing,
  lazyRouteComponent(() => import("../pages/naming-rounds/RoundPage"), "RoundPage"),
);

const judgements = shellPage(
  "/judgements",
  (search) => ({
    ...oneOf(search, "state", ["open", "proposed", "judged", "all"]),
    ...text(search, "round"),
    ...text(search, "sort"),
  }),
  lazyRouteComponent(() => import("../pages/judgements/JudgementsPage"), "JudgementsPage"),
);

const agreement = shellPage(
  "/agreement",
  nothing,
  lazyRouteComponent(() => import("../pages/agreement/RoundsPage"), "RoundsPage"),
);

/** The pages of a round keep its figures fresh together. */
const agreementRound = shellPage(
  "/agreement/$round",
  sharedSearch,
  lazyRouteComponent(() => import("../pages/agreement/RoundLayout"), "RoundLayout"),
);

const agreementOverview = createRoute({
  getParentRoute: () => agreementRound,
  path: "/",
  validateSearch: overviewSearch,
  component: lazyRouteComponent(() => import("../pages/agreement/OverviewPage"), "OverviewPage"),
});

const agreementPairs = createRoute({
  getParentRoute: () => agreementRound,
  path: "pairs",
  validateSearch: pairsSearch,
  component: lazyRouteComponent(() => import("../pages/agreement/PairsPage"), "PairsPage"),
});

const agreementSummary = createRoute({
  getParentRoute: () => agreementRound,
  path: "summary",
  validateSearch: summarySearch,
  component: lazyRouteComponent(() => import("../pages/agreement/SummaryPage"), "SummaryPage"),
});

const agreementVocabulary = createRoute({
  getParentRoute: () => agreementRound,
  path: "vocabulary",
  validateSearch: vocabularySearch,
  component: lazyRouteComponent(() => import("../pages/agreement/VocabularyPage"), "VocabularyPage"),
});

/** The board fills the window and brings its own header. */
const board = createRoute({
  getParentRoute: () => inside,
  path: "/boards/$board",
  component: lazyRouteComponent(() => import("../pages/board/BoardPage"), "BoardPage"),
});

const tree = root.addChildren([
  signIn,
  signInLink,
  invitation,
  inside.addChildren([
    board,
    shell.addChildren([
      projects,
      people,
      jobs,
      dataSets,
      newDataSet,
      dataSet,
      classifiers,
      newClassifier,
      classifier,
      runs,
      newRun,
      run,
      browse,
      explain,
      namingRounds,
      newNamingRound,
      namingRound,
      judgements,
      agreement,
      agreementRound.addChildren([agreementOverview, agreementPairs, agreementSummary, agreementVocabulary]),
      boards,
    ]),
  ]),
]);

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { queries },
    defaultPreload: "intent",
    defaultPendingComponent: PageLoading,
    defaultErrorComponent: PageFailed,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
