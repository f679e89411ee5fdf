import { create } from "zustand";

export type Theme = "system" | "light" | "dark";

/** `public/theme.js` reads the same key before the first paint. */
const KEY = "glossator.theme";

interface ThemeState {
  readonly theme: Theme;
  choose: (theme: Theme) => void;
}

function stored(): Theme {
  const value = read();
  return value === "light" || value === "dark" ? value : "system";
}

function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function keep(theme: Theme): void {
  try {
    if (theme === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

export const useTheme = create<ThemeState>((set) => ({
  theme: stored(),
  choose: (theme) => {
    keep(theme);
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    set({ theme });
  },
}));
