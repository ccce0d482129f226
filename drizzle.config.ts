import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './server/{runtime,modules}/**/*-table.ts',
  out: './server/migrations',
});
