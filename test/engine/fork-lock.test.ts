import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { whileNobodyForks } from "../../kernel/src/engine/fork-lock.ts";

test("what must not happen at once happens in turn, also after a failure", async () => {
  const running: string[] = [];
  const work = (name: string) =>
    whileNobodyForks(async () => {
      running.push(`${name} begins`);
      await delay(5);
      running.push(`${name} ends`);
      if (name === "b") throw new Error("failed");
    });
  const [, failed] = await Promise.allSettled([work("a"), work("b"), work("c")]);
  expect(failed?.status).toBe("rejected");
  expect(running).toHaveLength(6);
  for (let at = 0; at < 6; at += 2) expect(running[at + 1]).toBe(running[at]?.replace("begins", "ends"));
});
