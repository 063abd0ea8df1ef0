import { defineConfig } from "vite";

/** Two entries that Home Assistant loads by name; everything else is a chunk, named by its content. */
export default defineConfig({
  base: "./",
  build: {
    outDir: "../custom_components/encore/panel",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    reportCompressedSize: true,
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      input: { "encore-panel": "src/panel.ts", "encore-cards": "src/cards.ts" },
      preserveEntrySignatures: "strict",
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: ({ facadeModuleId }) => {
          const [, language] = facadeModuleId?.match(/\/texts\/(\w+)\//) ?? [];
          return language
            ? `texts-${language}-[name]-[hash].js`
            : "[name]-[hash].js";
        },
      },
    },
  },
});
