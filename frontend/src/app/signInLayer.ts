import { create } from "zustand";

/** How a lost session ended: the same person is back, or somebody else signed in. */
export type Return = "same" | "other";

interface SignInLayer {
  /** True while the layer lies over the page. */
  readonly open: boolean;
  /** Resolves when somebody has signed in. Everyone who asks meanwhile shares one layer. */
  ask(): Promise<Return>;
  /** The layer calls this after a sign-in. */
  settle(how: Return): void;
}

let waiting: ((how: Return) => void)[] = [];

/**
 * The sign-in layer: opened by any request that is answered 401, closed by a sign-in. The page under it stays
 * mounted with everything typed and selected in it.
 */
export const useSignInLayer = create<SignInLayer>((set) => ({
  open: false,
  ask: () =>
    new Promise<Return>((resolve) => {
      waiting.push(resolve);
      set({ open: true });
    }),
  settle: (how) => {
    const resolvers = waiting;
    waiting = [];
    set({ open: false });
    for (const resolve of resolvers) resolve(how);
  },
}));
