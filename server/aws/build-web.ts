import { tmpdir } from 'node:os';
import { ensureWebBuild } from '#server/local/web-build.ts';

/* Makes the web server's build for the image, marked as of these sources: the container makes none. */
await ensureWebBuild(tmpdir(), process.env, console.log, new AbortController().signal);
