import { download, saveBlob } from "../components/table/download";

const KEPT = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "font-family",
  "font-size",
  "font-weight",
];

/** The chart as a file of its own: what the page's style says is written into each element. */
export function standalone(chart: SVGSVGElement): string {
  const copy = chart.cloneNode(true) as SVGSVGElement;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const drawn = [chart, ...chart.querySelectorAll<SVGElement>("*")];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  for (const [index, element] of drawn.entries()) {
    const style = getComputedStyle(element);
    const target = copies[index] as SVGElement;
    target.removeAttribute("class");
    for (const property of KEPT) {
      const value = style.getPropertyValue(property);
      if (value) target.setAttribute(property, value);
    }
  }
  return new XMLSerializer().serializeToString(copy);
}

export function saveSvg(chart: SVGSVGElement, name: string): void {
  download(`${name}.svg`, standalone(chart), "image/svg+xml");
}

/** The same chart as a PNG, twice as fine, on the page's own ground. */
export async function savePng(chart: SVGSVGElement, name: string): Promise<void> {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([standalone(chart)], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = chart.width.baseVal.value * 2;
  canvas.height = chart.height.baseVal.value * 2;
  const context = canvas.getContext("2d");
  if (!context) return;
  context.fillStyle = getComputedStyle(document.body).backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  canvas.toBlob((blob) => blob && saveBlob(`${name}.png`, blob), "image/png");
}
