import { markdownTable } from "../markdown.ts";
import { isSettingName, type Setting, settingNamed, settings } from "../settings.ts";
import { markdown } from "./documentation.ts";
import { defineMagic } from "./magic.ts";

/** `%config`: settings of the kernel. */
export const configMagic = defineMagic({
  name: "config",
  kinds: ["line"],
  summary: "Shows or changes settings of the kernel.",
  arguments: [
    { name: "setting", doc: "the setting to show or change", required: false, completes: "setting" },
    { name: "value", doc: "its new value", required: false, completes: ([name = ""]) => valuesOf(name) },
  ],
  options: {},
  examples: ["%config typecheck strict"],
  run(session, { words }) {
    // Also `typecheck=strict`, as settings are written elsewhere.
    const [name, value] = words.flatMap((word) => word.split("="));
    if (name !== undefined && value !== undefined) {
      session.settings.set(name, value);
      return undefined;
    }
    const names = name === undefined ? Object.keys(settings).map(settingNamed) : [settingNamed(name)];
    const rows = names.map((each) => {
      const { doc, values, initial }: Setting = settings[each];
      const choice = values ? values.join(", ") : "a number";
      return [each, session.settings.get(each), `${choice}; ${initial} at first`, doc];
    });
    return markdown(markdownTable(["setting", "value", "can be", "what it is"], rows));
  },
});

/** The only values that a setting takes; none when it takes others. */
function valuesOf(name: string): readonly string[] {
  const setting: Setting | undefined = isSettingName(name) ? settings[name] : undefined;
  return setting?.values ?? [];
}
