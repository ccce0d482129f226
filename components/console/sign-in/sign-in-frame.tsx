import type { ReactNode } from 'react';
import { Logo } from '#components/shell/logo.tsx';
import classes from './sign-in-frame.module.css';

/** What stands around a form before anybody is signed in. */
export function SignInFrame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={classes.root}>
      <div className={classes.brand}>
        <Logo />
        Playhead
      </div>
      <section className={classes.card} aria-labelledby="sign-in-title">
        <h1 className={classes.title} id="sign-in-title">
          {title}
        </h1>
        {children}
      </section>
    </main>
  );
}
