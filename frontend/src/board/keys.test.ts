// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { actionOf, chordOf, isTyping, KEYS, type Pressed } from "./keys";

const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({
  key,
  code: `Key${key.toUpperCase()}`,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});

describe("the table of keys", () => {
  it("has no chord twice", () => {
    const chords = KEYS.flatMap((line) => line.chords);
    expect(new Set(chords).size).toBe(chords.length);
  });

  it("says for every key what it does", () => {
    expect(KEYS.every((line) => line.label.length > 0)).toBe(true);
  });

  it("takes digits by their place, so that they work where they need Shift to be written", () => {
    expect(actionOf(press("&", { code: "Digit1" }))).toEqual({ kind: "assign", number: 1 });
    expect(actionOf(press("3", { code: "Numpad3" }))).toEqual({ kind: "assign", number: 3 });
  });

  it("takes letters by what is written on them", () => {
    expect(actionOf(press("z", { code: "KeyY", ctrlKey: true }))).toEqual({ kind: "undo" });
    expect(actionOf(press("X", { code: "KeyX" }))).toEqual({ kind: "discard" });
  });

  it("knows ? on keyboards where it stands elsewhere", () => {
    expect(actionOf(press("?", { code: "Slash", shiftKey: true }))).toEqual({ kind: "keys" });
    expect(actionOf(press("?", { code: "Digit7", shiftKey: true }))).toEqual({ kind: "keys" });
    expect(actionOf(press("?", { code: "Minus", shiftKey: true }))).toEqual({ kind: "keys" });
  });

  it("takes the command key of a Mac for Ctrl", () => {
    expect(chordOf(press("z", { metaKey: true, shiftKey: true }))).toBe("Ctrl+Shift+Z");
    expect(actionOf(press("y", { ctrlKey: true }))).toEqual({ kind: "redo" });
  });

  it("leaves keys of the browser alone", () => {
    expect(actionOf(press("n", { ctrlKey: true }))).toBeNull();
    expect(actionOf(press("F5", { code: "F5" }))).toBeNull();
    expect(actionOf(press("m", { altKey: true }))).toBeNull();
  });

  it("is silent while a text field has the focus, not while a slider has it", () => {
    const field = document.createElement("input");
    const slider = document.createElement("input");
    slider.type = "range";
    expect(isTyping(field)).toBe(true);
    expect(isTyping(document.createElement("textarea"))).toBe(true);
    expect(isTyping(slider)).toBe(false);
    expect(isTyping(document.createElement("div"))).toBe(false);
  });
});
