import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { plainColour, standalone } from "./save";

function drawn(): SVGSVGElement {
  const { container } = render(
    <svg data-chart width={100} height={50} viewBox="0 0 100 50" role="img" aria-label="Shares">
      <g className="cell" data-cell="a">
        <title>crack and hole: 0.50</title>
        <rect style={{ fill: "rgb(1, 2, 3)" }} x={0} y={0} width={10} height={10} />
        <rect data-screen x={0} y={0} width={20} height={20} />
        <text style={{ fill: "rgb(4, 5, 6)", fontFamily: "Inter" }}>0.50</text>
      </g>
    </svg>,
  );
  return container.querySelector("svg") as SVGSVGElement;
}

const FACTS = [
  ["Boards", "all"],
  ["Link", "https://example.org/?a=1&b=2"],
] as const;

test("a drawing alone says its colours and letters, has a ground, a title, a description and what it is of", () => {
  const { text, width, height } = standalone(
    [drawn()],
    { title: "A & B", description: "170 maps", facts: FACTS },
    "#ffffff",
  );
  const file = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;

  expect([width, height]).toEqual([132, 82]);
  expect(file.querySelector(":scope > title")?.textContent).toBe("A & B");
  expect(file.querySelector(":scope > desc")?.textContent).toBe(
    "170 maps\nBoards: all\nLink: https://example.org/?a=1&b=2",
  );
  expect(JSON.parse(file.querySelector(":scope > metadata")?.textContent ?? "")).toEqual({
    Boards: "all",
    Link: "https://example.org/?a=1&b=2",
  });
  expect(file.querySelector(":scope > rect")?.getAttribute("fill")).toBe("#ffffff");
  expect(file.querySelector("g rect")?.getAttribute("fill")).toBe("rgb(1, 2, 3)");
  expect(file.querySelector("text")?.getAttribute("font-family")).toBe("Inter");
  expect(file.querySelector("g title")?.textContent).toBe("crack and hole: 0.50");
});

test("what is for hands and screen readers stays on the page", () => {
  const { text } = standalone([drawn()], { title: "t", description: "d", facts: FACTS }, "#ffffff");

  expect(text).not.toMatch(/ (class|style|tabindex|role)=| (data|aria)-|var\(/);
  expect(text.match(/<rect/g)).toHaveLength(2);
});

test("several charts of a figure stand one under the other", () => {
  const { text, height } = standalone(
    [drawn(), drawn()],
    { title: "t", description: "d", facts: FACTS },
    "#ffffff",
  );
  const file = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;

  expect([...file.querySelectorAll(":scope > svg")].map((each) => each.getAttribute("y"))).toEqual([
    "16",
    "82",
  ]);
  expect(height).toBe(148);
});

test("a mixed colour is written so that every program reads it", () => {
  expect(plainColour("color(srgb 0.5 0 1)")).toBe("rgb(128, 0, 255)");
  expect(plainColour("color(srgb 0.5 0 1 / 0.25)")).toBe("rgba(128, 0, 255, 0.25)");
  expect(plainColour("rgb(1, 2, 3)")).toBe("rgb(1, 2, 3)");
});
