const INTERVAL = 1000;

/** Calls `gone` when the process that started the kernel has ended, so that no kernel is left behind. */
export function watchParent(gone: () => void): void {
  const announced = Number(process.env.JPY_PARENT_PID);
  const parent = process.ppid;
  if (!announced || process.platform === "win32") return;
  const timer = setInterval(() => {
    const isGone = announced === parent ? process.ppid !== parent : !isRunning(announced);
    if (!isGone) return;
    clearInterval(timer);
    gone();
  }, INTERVAL);
}

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
