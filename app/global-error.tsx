'use client';

/** Stands in for everything, the layout included, so that it uses nothing of the console. */
export default function GlobalError({ retry }: { retry: () => void }) {
  return (
    <html lang="en">
      <body style={{ margin: '15vh auto', maxWidth: '32rem', fontFamily: 'system-ui, sans-serif' }}>
        <title>Playhead failed</title>
        <h1>The console failed</h1>
        <p>Nothing was changed by this. The log of the web server says what happened.</p>
        <p>
          <button type="button" onClick={retry}>
            Try again
          </button>{' '}
          or <a href="/">go to the overview</a>.
        </p>
      </body>
    </html>
  );
}
