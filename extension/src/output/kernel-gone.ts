import type { ISessionContext } from "@jupyterlab/apputils";

/** What is to be called when a notebook's kernel is gone. */
const listeners = new WeakMap<ISessionContext, Set<() => void>>();

/** Calls a function when what a notebook's kernel knew is gone: it has ended, starts anew, or is another one. */
export function onKernelGone(session: ISessionContext, gone: () => void, signal?: AbortSignal): void {
  const called = listeners.get(session) ?? follow(session);
  called.add(gone);
  signal?.addEventListener("abort", () => called.delete(gone));
}

function follow(session: ISessionContext): Set<() => void> {
  const called = new Set<() => void>();
  listeners.set(session, called);
  let run: string | undefined;
  const tell = () => {
    run = undefined;
    for (const gone of called) gone();
  };
  session.statusChanged.connect((_session, status) => {
    if (status === "restarting" || status === "autorestarting" || status === "dead") tell();
  });
  session.kernelChanged.connect((_session, { oldValue }) => {
    if (oldValue) tell();
  });
  // A notebook is not told when another one restarts the kernel that they share; but each run of a kernel has a name of its own.
  session.iopubMessage.connect((_session, { header }) => {
    if (run !== undefined && run !== header.session) tell();
    run = header.session;
  });
  return called;
}
