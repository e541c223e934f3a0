/** The C library keeps memory that is free apart for each thread; fewer such places are smaller, and ours are enough. */
const KERNEL_ENVIRONMENT = { MALLOC_ARENA_MAX: "2" } as const;

/** Forgets what was set for the kernel alone, so that what its cells start has the user's own environment. */
export function dropKernelEnvironment(): void {
  for (const name of Object.keys(KERNEL_ENVIRONMENT)) delete process.env[name];
}

/** Contents of a kernel.json for this kernel, run by the given Node with further variables of the environment. */
export function kernelspec(node: string, main: string, variables: Readonly<Record<string, string>> = {}) {
  return {
    argv: kernelArguments(node, main),
    display_name: "TypeScript (Tombolo)",
    language: "typescript",
    interrupt_mode: "message",
    env: { ...KERNEL_ENVIRONMENT, ...variables },
    metadata: { kernel_protocol_version: "5.5", debugger: true },
  } as const;
}

/** The command that starts the kernel; Jupyter puts the connection file in. `main` is the built `dist/jupyter/main.js`. */
function kernelArguments(node: string, main: string): string[] {
  return [
    node,
    // Without this flag, stopping code inside a timer can abort the whole process.
    "--no-force-async-hooks-checks",
    "--disable-warning=ExperimentalWarning",
    main,
    "{connection_file}",
  ];
}
