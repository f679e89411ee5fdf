import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { act, type RenderResult, render } from "@testing-library/react";
import type { ReactNode } from "react";

/** Renders something as a page has it: with queries, with links that resolve, at an address. */
export async function renderPage(
  children: ReactNode,
  queries = new QueryClient({ defaultOptions: { queries: { retry: false } } }),
  address = "/",
): Promise<RenderResult> {
  const root = createRootRoute({ component: () => children });
  const router = createRouter({
    routeTree: root,
    history: createMemoryHistory({ initialEntries: [address] }),
  });
  let result: RenderResult | undefined;
  await act(async () => {
    result = render(
      <QueryClientProvider client={queries}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>,
    );
    await router.load();
  });
  if (!result) throw new Error("Nothing was rendered.");
  return result;
}
