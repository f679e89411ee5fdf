import "./theme/base.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { makeQueryClient } from "./app/queries";
import { makeRouter } from "./app/router";
import { SignInLayer } from "./app/SignInLayer";
import { reloadAfterUpdate } from "./app/update";
import { Toasts } from "./components/Toast";

reloadAfterUpdate();
const queries = makeQueryClient();
const router = makeRouter(queries);
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element with the id root.");

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
      <SignInLayer />
      <Toasts />
    </QueryClientProvider>
  </StrictMode>,
);
