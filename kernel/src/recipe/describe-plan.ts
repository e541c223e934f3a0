import type { Expression, Plan } from "./plan-types.ts";

/** A plan as indented text. */
export function describePlan(plan: Plan): string {
  const subjects = plan.subjects.map(({ provider, subjectType }) => `${provider}/${subjectType}`).join(", ");
  const measures = plan.measures.map(
    ({ operator, lines, crs }, index) =>
      `  measure ${index}: ${operator} of ${lines.provider}/${lines.subjectType} in EPSG:${crs}`,
  );
  const columns = plan.columns.map(({ label, type, unit, kind, access, expression }) => {
    const properties = [type, unit, kind, access].filter((text) => text !== undefined).join(", ");
    return `  ${label} (${properties})\n    = ${describe(expression)}`;
  });
  return [`subjects: ${subjects} (${plan.access})`, ...measures, "columns:", ...columns].join("\n");
}

const SIGNS = { add: "+", sub: "-", mul: "*", div: "/" } as const;

function describe(expression: Expression): string {
  switch (expression.op) {
    case "subject-name":
      return "name of the subject";
    case "constant":
      return JSON.stringify(expression.value);
    case "fixed-value":
      return `value of ${expression.provider}/${expression.attribute}`;
    case "area":
      return `area in EPSG:${expression.crs}`;
    case "measure":
      return `measure ${expression.measure}`;
    case "scale":
      return expression.factor === 1
        ? describe(expression.of)
        : `${describe(expression.of)} × ${expression.factor}`;
    case "arithmetic":
      return `(${describe(expression.left)} ${SIGNS[expression.operation]} ${describe(expression.right)})`;
  }
}
