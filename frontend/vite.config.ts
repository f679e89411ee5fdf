import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// Charts compute with the colours of the tokens; other styles stay empty in tests.
const TOKENS = { include: [/tokens\.css/] };

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "../backend/glossator/web/static",
    emptyOutDir: true,
    // Fonts and pictures stay files of their own: the content security policy allows no data: fonts.
    assetsInlineLimit: 0,
    sourcemap: false,
  },
  server: { proxy: { "/api": process.env.GLOSSATOR_URL ?? "http://127.0.0.1:8400" } },
  test: {
    restoreMocks: true,
    testTimeout: 60_000, // no test depends on how fast the machine is
    // Components need a document, which takes a second per file to build; logic does without.
    projects: [
      {
        extends: true,
        test: { name: "logic", environment: "node", include: ["src/**/*.test.ts"], css: TOKENS },
      },
      {
        extends: true,
        test: {
          name: "components",
          environment: "jsdom",
          include: ["src/**/*.test.tsx"],
          setupFiles: ["src/testing/setup.ts"],
          css: { ...TOKENS, modules: { classNameStrategy: "non-scoped" } },
        },
      },
    ],
  },
});
