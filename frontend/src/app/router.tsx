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
import { NotFoundPage } from "../pages/not-found/NotFoundPage";
import { PageFailed } from "../pages/not-found/PageFailed";
import { PageLoading } from "../pages/not-found/PageLoading";
import { Shell } from "./Shell";
import { text } from "./search";

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
  inside.addChildren([board, shell.addChildren([projects, boards])]),
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
