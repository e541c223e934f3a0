import { readFileSync } from "node:fs";

/** What Jupyter tells a kernel about its sockets. */
export interface Connection {
  readonly transport: "tcp" | "ipc";
  readonly ip: string;
  readonly key: string;
  readonly ports: Readonly<Record<Channel, number>>;
}

/** The five sockets of a kernel. */
export type Channel = "shell" | "control" | "stdin" | "iopub" | "hb";

/** Reads a connection file. */
export function readConnection(file: string): Connection {
  const content: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (typeof content !== "object" || content === null) throw new Error(`${file} is not a connection file`);
  const fields = new Map<string, unknown>(Object.entries(content));
  const port = (channel: Channel) => {
    const value = fields.get(`${channel}_port`);
    if (typeof value !== "number") throw new Error(`${file} has no ${channel}_port`);
    return value;
  };
  if (![undefined, "", "hmac-sha256"].some((scheme) => scheme === fields.get("signature_scheme"))) {
    throw new Error(
      `${file} wants signatures by ${String(fields.get("signature_scheme"))}, known is hmac-sha256`,
    );
  }
  return {
    transport: fields.get("transport") === "ipc" ? "ipc" : "tcp",
    ip: String(fields.get("ip") ?? "127.0.0.1"),
    key: String(fields.get("key") ?? ""),
    ports: {
      shell: port("shell"),
      control: port("control"),
      stdin: port("stdin"),
      iopub: port("iopub"),
      hb: port("hb"),
    },
  };
}

/** The address of a channel, as ZeroMQ writes it. */
export function addressOf({ transport, ip, ports }: Connection, channel: Channel): string {
  return transport === "ipc" ? `ipc://${ip}-${ports[channel]}` : `tcp://${ip}:${ports[channel]}`;
}
