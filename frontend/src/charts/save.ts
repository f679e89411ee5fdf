import type { Format } from "../components/DownloadMenu";
import { download, saveBlob } from "../components/table/download";
import { type Fact, factsNow, type Origin } from "../components/table/origin";
import { fontFaces } from "./fonts";
import { withTexts } from "./pngText";

/** What is written into the file beside the drawing. */
export interface Caption {
  readonly title: string;
  readonly description: string;
  /** The choices behind the figures, and the link. */
  readonly facts: readonly Fact[];
}

interface Drawing {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

/** Properties of the page's style that a drawing alone would lose. */
const SHAPE = ["fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray"];
const TEXT = ["font-family", "font-size", "font-weight", "font-style", "paint-order", "text-anchor"];
const SCREEN_ONLY = "[data-screen], [aria-hidden][hidden]";
const NOT_DRAWN = /^(class|style|role|tabindex|focusable)$|^(aria|data)-/;
const NAMESPACE = "http://www.w3.org/2000/svg";
const MARGIN = 16;

/** The charts of a figure, one under the other, as one drawing that needs nothing of the page. */
export function standalone(charts: readonly SVGSVGElement[], caption: Caption, ground: string): Drawing {
  const sizes = charts.map((chart) => ({
    width: Number(chart.getAttribute("width")),
    height: Number(chart.getAttribute("height")),
  }));
  const width = Math.max(...sizes.map((size) => size.width), 0) + 2 * MARGIN;
  const height = sizes.reduce((sum, size) => sum + size.height + MARGIN, MARGIN);
  const root = element("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  const says = [caption.description, ...caption.facts.map(([label, value]) => `${label}: ${value}`)];
  root.append(
    written("title", caption.title),
    written("desc", says.join("\n")),
    written("metadata", JSON.stringify(Object.fromEntries(caption.facts))),
  );
  root.append(element("rect", { width, height, fill: ground }));
  let y = MARGIN;
  for (const [index, chart] of charts.entries()) {
    const copy = resolved(chart);
    copy.setAttribute("x", String(MARGIN));
    copy.setAttribute("y", String(y));
    root.append(copy);
    y += (sizes[index]?.height ?? 0) + MARGIN;
  }
  return { text: new XMLSerializer().serializeToString(root), width, height };
}

function element(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

function written(name: "title" | "desc" | "metadata", text: string): SVGElement {
  const made = element(name, {});
  made.textContent = text;
  return made;
}

/** A copy with the page's style written into each element, without what is for hands and screen readers. */
function resolved(chart: SVGSVGElement): SVGSVGElement {
  const copy = chart.cloneNode(true) as SVGSVGElement;
  const drawn = [chart, ...chart.querySelectorAll<SVGElement>("*")];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  for (const [index, source] of drawn.entries()) write(source, copies[index] as SVGElement);
  for (const gone of copy.querySelectorAll("[data-gone]")) gone.remove();
  return copy;
}

function write(source: SVGElement, target: SVGElement): void {
  if (source.matches(SCREEN_ONLY)) {
    target.setAttribute("data-gone", "");
    return;
  }
  for (const { name } of [...target.attributes]) if (NOT_DRAWN.test(name)) target.removeAttribute(name);
  if (["svg", "g", "title", "desc"].includes(source.localName)) return;
  const style = getComputedStyle(source);
  const isText = source.localName === "text" || source.localName === "tspan";
  for (const property of isText ? [...SHAPE, ...TEXT] : SHAPE) {
    const value = style.getPropertyValue(property);
    if (value) target.setAttribute(property, plainColour(value));
  }
}

const MIXED = /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.e-]+))?\)$/;

/** A mixed colour in the notation that every program reads; anything else as it is. */
export function plainColour(value: string): string {
  const found = MIXED.exec(value);
  if (!found) return value;
  const [red, green, blue] = found.slice(1, 4).map((share) => Math.round(Number(share) * 255));
  return found[4] ? `rgba(${red}, ${green}, ${blue}, ${found[4]})` : `rgb(${red}, ${green}, ${blue})`;
}

/** The files a chart can be taken along as; `charts` looks for it when it is asked for. */
export function chartFormats(
  file: string,
  charts: () => readonly SVGSVGElement[],
  says: Omit<Caption, "facts">,
  origin: Origin | null,
): Format[] {
  const captioned = (): Caption => ({ ...says, facts: factsNow(origin) });
  const draw = (caption: Caption) => {
    const ground = getComputedStyle(document.documentElement).getPropertyValue("--surface").trim();
    return standalone(charts(), caption, ground);
  };
  const savePng = async () => {
    const caption = captioned();
    const picture = await asPng(draw(caption));
    const { title, description, facts } = caption;
    const texts = [["Title", title], ["Description", description], ...facts] as const;
    const png = withTexts(new Uint8Array(await picture.arrayBuffer()), texts);
    saveBlob(`${file}.png`, new Blob([png], { type: "image/png" }));
  };
  return [
    { label: "SVG", save: () => download(`${file}.svg`, draw(captioned()).text, "image/svg+xml") },
    { label: "PNG", save: savePng },
  ];
}

/** Twice as fine as on the page. A picture loads no fonts of the page, so they are put into it. */
async function asPng(drawing: Drawing): Promise<Blob> {
  const faces = `<style>${await fontFaces()}</style>`;
  const text = drawing.text.replace("<title>", `${faces}<title>`);
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = drawing.width * 2;
  canvas.height = drawing.height * 2;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("The browser made no picture."))),
      "image/png",
    ),
  );
}
