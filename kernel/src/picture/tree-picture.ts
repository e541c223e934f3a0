import { LIGHT_THEME } from "@tombolo/bundle/paint/theme";
import type { TreeNode } from "../recipe/tree.ts";
import { FONT, fitText, openCanvas, toBase64 } from "./canvas.ts";

const DENSITY = 1.25;
const ROW = 26;
const INDENT = 26;
const MARGIN = 12;
const WIDEST = 900;

/** Colours of the dots by kind; the words beside them say the same. */
const COLOURS: Readonly<Record<TreeNode["kind"], string>> = {
  recipe: "#444444",
  subjects: "#1b7837",
  field: "#2166ac",
  datasource: "#b35806",
};

interface Row {
  readonly node: TreeNode;
  readonly depth: number;
  /** Number of the row of its parent; -1 for the root. */
  readonly parent: number;
}

/** The tree of a recipe as a PNG in base64, with its size in pixels. */
export async function drawTree(tree: TreeNode): Promise<{ picture: string; width: number; height: number }> {
  const rows = rowsOf(tree);
  const { context: ruler } = await openCanvas(1, 1);
  const widthOf = ({ node, depth }: Row) => {
    ruler.font = fontOf(600);
    const title = ruler.measureText(node.title).width;
    ruler.font = fontOf(400);
    return depth * INDENT + 24 + (title + ruler.measureText(node.detail).width) / DENSITY + 10;
  };
  const width = Math.min(WIDEST, 2 * MARGIN + Math.max(...rows.map(widthOf)));
  const height = 2 * MARGIN + rows.length * ROW;
  const { canvas, context } = await openCanvas(width * DENSITY, height * DENSITY);
  context.scale(DENSITY, DENSITY);
  context.fillStyle = LIGHT_THEME.background;
  context.fillRect(0, 0, width, height);
  const placeOf = (row: number) => ({
    x: MARGIN + (rows[row]?.depth ?? 0) * INDENT + 6,
    y: MARGIN + (row + 0.5) * ROW,
  });
  context.strokeStyle = "#b0b0b0";
  rows.forEach(({ parent }, row) => {
    if (parent < 0) return;
    const [from, to] = [placeOf(parent), placeOf(row)];
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(from.x, to.y);
    context.lineTo(to.x, to.y);
    context.stroke();
  });
  rows.forEach(({ node }, row) => {
    const { x, y } = placeOf(row);
    context.fillStyle = COLOURS[node.kind];
    context.beginPath();
    context.arc(x, y, 5, 0, 2 * Math.PI);
    context.fill();
    context.textBaseline = "middle";
    context.fillStyle = LIGHT_THEME.text;
    context.font = `600 12px ${FONT}`;
    const title = fitText(context, node.title, width - x - MARGIN);
    context.fillText(title, x + 12, y);
    const used = x + 12 + context.measureText(title).width + 8;
    context.font = `400 12px ${FONT}`;
    context.fillStyle = LIGHT_THEME.faintText;
    if (node.detail !== "") context.fillText(fitText(context, node.detail, width - used - MARGIN), used, y);
  });
  return { picture: await toBase64(canvas), width, height };
}

const fontOf = (weight: number): string => `${weight} ${12 * DENSITY}px ${FONT}`;

function rowsOf(tree: TreeNode): Row[] {
  const rows: Row[] = [];
  const add = (node: TreeNode, depth: number, parent: number) => {
    const own = rows.push({ node, depth, parent }) - 1;
    for (const child of node.children) add(child, depth + 1, own);
  };
  add(tree, 0, -1);
  return rows;
}
