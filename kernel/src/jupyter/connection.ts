import { readFileSync } from "node:fs";

/** What Jupyter tells a kernel about its sockets. */
export interface Connection {
  readonly transport: "tcp" | "ipc";
  readonly ip: string;
  readonly key: string;
  /** Undefined when the kernel is to choose them and to tell them at the registration port. */
  readonly ports: Ports | undefined;
  /** Where whoever started the kernel waits to be told the ports; only when the kernel chooses them. */
  readonly registrationPort?: number;
}

/** The port of each socket. */
export type Ports = Readonly<Record<Channel, number>>;

/** The five sockets of a kernel. */
export type Channel = "shell" | "control" | "stdin" | "iopub" | "hb";

/** Reads a connection file. */
export function readConnection(file: string): Connection {
  const content: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (typeof content !== "object" || content === null) throw new Error(`${file} is not a connection file`);
  const fields = new Map<string, unknown>(Object.entries(content));
  const port = (channel: Channel | "registration") => {
    const value = fields.get(`${channel}_port`);
    if (typeof value !== "number") throw new Error(`${file} has no ${channel}_port`);
    return value;
  };
  if (![undefined, "", "hmac-sha256"].some((scheme) => scheme === fields.get("signature_scheme"))) {
    throw new Error(
      `${file} wants signatures by ${String(fields.get("signature_scheme"))}, known is hmac-sha256`,
    );
  }
  const own = {
    transport: fields.get("transport") === "ipc" ? "ipc" : "tcp",
    ip: String(fields.get("ip") ?? "127.0.0.1"),
    key: String(fields.get("key") ?? ""),
  } as const;
  if (fields.has("registration_port")) {
    return { ...own, ports: undefined, registrationPort: port("registration") };
  }
  const [shell, control, stdin] = [port("shell"), port("control"), port("stdin")];
  return { ...own, ports: { shell, control, stdin, iopub: port("iopub"), hb: port("hb") } };
}

/** The address of a channel, as ZeroMQ writes it; any free port when the kernel is to choose. */
export function addressOf({ transport, ip, ports }: Connection, channel: Channel): string {
  const port = ports?.[channel] ?? "*";
  return transport === "ipc" ? `ipc://${ip}-${port}` : `tcp://${ip}:${port}`;
}
