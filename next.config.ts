import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  // `forbidden()`: why somebody may not see a page, with status 403.
  experimental: { authInterrupts: true },
  // No page has an image that would be resized: /_next/image answers 404.
  images: { unoptimized: true },
  // They keep sockets, worker threads and native files: loaded from node_modules as they are.
  serverExternalPackages: [
    'pino',
    'postgres',
    'prom-client',
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/client-dynamodb-streams',
    '@aws-sdk/client-s3',
    '@aws-sdk/lib-dynamodb',
  ],
};

export default config;
