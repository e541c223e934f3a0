/** Contents of a kernel.json for this kernel, run by the given Node. */
export function kernelspec(node: string, main: string) {
  return {
    argv: kernelArguments(node, main),
    display_name: "TypeScript (Tombolo)",
    language: "typescript",
    interrupt_mode: "message",
    metadata: { kernel_protocol_version: "5.5", debugger: true },
  } as const;
}

/** The command that starts the kernel; Jupyter puts the connection file in. `main` is the built `dist/jupyter/main.js`. */
export function kernelArguments(node: string, main: string): string[] {
  return [
    node,
    // Without this flag, stopping code inside a timer can abort the whole process.
    "--no-force-async-hooks-checks",
    "--disable-warning=ExperimentalWarning",
    main,
    "{connection_file}",
  ];
}
