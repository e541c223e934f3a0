/** Whether nothing may be fetched, as `TOMBOLO_OFFLINE` says; a repository on this machine is not fetched. */
export const isOffline = (address = ""): boolean =>
  process.env["TOMBOLO_OFFLINE"] === "1" && !address.startsWith("file:");
