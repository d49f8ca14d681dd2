import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = import.meta.dirname;
const HUB = 'http://127.0.0.1:3000';

/** The hub speaks WebSocket and polling (`client/live/connection.ts`): a third transport would only be loaded, never used. */
const withoutWebTransport = {
  name: 'without-webtransport',
  load: (id: string) => (id.endsWith('/engine.io-client/build/esm/transports/webtransport.js') ? 'export class WT {}' : undefined),
};

/** The client’s five pages (`vite build`), two processes — the hub (`vite build --ssr server/main.ts`), the XFS4IoT connector — and the thread of the rosters. */
export default defineConfig(({ isSsrBuild }) => {
  if (isSsrBuild) {
    return {
      root,
      publicDir: false,
      build: {
        outDir: 'dist/server',
        emptyOutDir: true,
        target: 'node20',
        sourcemap: true,
        // One file: `../../migrations` then means the same from server/store/ and from dist/server/.
        rolldownOptions: { output: { codeSplitting: false } },
      },
    };
  }
  return {
    root: resolve(root, 'client'),
    plugins: [react(), withoutWebTransport],
    server: { proxy: { '/api': HUB, '/t/': HUB, '/socket.io': { target: HUB, ws: true } } },
    build: {
      outDir: resolve(root, 'dist/client'),
      emptyOutDir: true,
      manifest: true,
      modulePreload: { polyfill: false },
      // A font slice inlined into the stylesheet is loaded by everybody, whether its characters are shown or not.
      assetsInlineLimit: (file) => (file.endsWith('.woff2') ? false : undefined),
      rolldownOptions: {
        input: ['index', 'kiosk', 'display', 'terminal', 't'].map((page) => resolve(root, 'client', `${page}.html`)),
        output: {
          codeSplitting: {
            groups: [
              { name: 'react', test: /[\\/]node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
              { name: 'socket', test: /[\\/]node_modules[\\/](socket\.io-|engine\.io-|@socket\.io[\\/])/ },
              // Small parts compress better together: what every page has, and what those with a live floor have besides.
              {
                name: 'page',
                test: /[\\/]client[\\/](theme|i18n[\\/](language|texts|format|device|(zh|en)[\\/]device)|ui[\\/](button|clock)|device[\\/](wait-words|page)|live[\\/](api|ids|commands|hub-clock|ticker))/,
              },
              {
                name: 'live',
                test: /[\\/]client[\\/](live|device[\\/](public-wait|device|token|use-idle))|[\\/]shared[\\/](public|branch[\\/]predict[\\/]wait-formula)|[\\/]node_modules[\\/]zustand/,
              },
            ],
          },
        },
      },
    },
  };
});
