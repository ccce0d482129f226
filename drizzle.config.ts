import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './server/{journal,projections}/**/*-table.ts',
  out: './server/platform/migrations',
});
