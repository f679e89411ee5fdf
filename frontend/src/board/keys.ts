import type { Step } from "./selection";

/** What a key means at the board. */
export type Action =
  | { kind: "assign"; number: number }
  | { kind: "arrow"; step: Step; shift: boolean; ctrl: boolean }
  | { kind: "new" }
  | { kind: "discard" | "unlabel" | "move" | "large" | "undo" | "redo" | "all" | "escape" | "keys" }
  | { kind: "not_sure" | "unsure" | "rename" | "merge" | "like" | "arrange" };

export interface KeyLine {
  readonly group: "Move maps" | "Select" | "Concepts" | "Look" | "Board";
  /** Chords as people read them; several mean the same. */
  readonly chords: readonly string[];
  readonly label: string;
  readonly action: Action;
}

const arrowLines = (["Left", "Right", "Up", "Down"] as const).flatMap((name): KeyLine[] => {
  const step = name.toLowerCase() as Step;
  const chord = `Arrow${name}`;
  return [
    line("Select", [chord], "Go to the next map", { kind: "arrow", step, shift: false, ctrl: false }),
    line("Select", [`Shift+${chord}`], "Extend the selection", {
      kind: "arrow",
      step,
      shift: true,
      ctrl: false,
    }),
    line("Select", [`Ctrl+${chord}`], "Go, and keep the selection", {
      kind: "arrow",
      step,
      shift: false,
      ctrl: true,
    }),
  ];
});

const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) =>
  line("Move maps", [String(number)], "To the concept with this number", { kind: "assign", number }),
);

/** Every key of the board, in one place; the list behind `?` shows this table. */
export const KEYS: readonly KeyLine[] = [
  ...digits,
  line("Move maps", ["M"], "To … (type a name)", { kind: "move" }),
  line("Move maps", ["X"], "Discard", { kind: "discard" }),
  line("Move maps", ["U"], "Back to unlabeled", { kind: "unlabel" }),
  line("Move maps", ["Q"], "Not sure, and sure again", { kind: "not_sure" }),
  ...arrowLines,
  line("Select", ["Home"], "To the first, the last map", {
    kind: "arrow",
    step: "home",
    shift: false,
    ctrl: false,
  }),
  line("Select", ["End"], "To the first, the last map", {
    kind: "arrow",
    step: "end",
    shift: false,
    ctrl: false,
  }),
  line("Select", ["Shift+Home"], "Extend to the end", {
    kind: "arrow",
    step: "home",
    shift: true,
    ctrl: false,
  }),
  line("Select", ["Shift+End"], "Extend to the end", {
    kind: "arrow",
    step: "end",
    shift: true,
    ctrl: false,
  }),
  line("Select", ["Ctrl+A"], "All", { kind: "all" }),
  line("Concepts", ["N"], "New concept with what is selected; splits the one that is open", { kind: "new" }),
  line("Concepts", ["G"], "Merge the concept that is open into …", { kind: "merge" }),
  line("Concepts", ["F2"], "Rename the concept that is open", { kind: "rename" }),
  line("Look", ["Space"], "Look closer; again to return", { kind: "large" }),
  line("Look", ["Shift+Q"], "The maps you are not sure about; again to return", { kind: "unsure" }),
  line("Look", ["L"], "More like what is selected, or like the card that is open", { kind: "like" }),
  line("Look", ["O"], "Similar maps together; again for the mixed order", { kind: "arrange" }),
  line("Board", ["Ctrl+Z"], "Undo", { kind: "undo" }),
  line("Board", ["Ctrl+Shift+Z", "Ctrl+Y"], "Redo", { kind: "redo" }),
  line("Board", ["Escape"], "Leave whatever is open or selected", { kind: "escape" }),
  line("Board", ["?"], "This list", { kind: "keys" }),
];

function line(group: KeyLine["group"], chords: readonly string[], label: string, action: Action): KeyLine {
  return { group, chords, label, action };
}

const actions = new Map(KEYS.flatMap((each) => each.chords.map((chord) => [chord, each.action] as const)));

export interface Pressed {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** The chord of a key press: digits by their place on the keyboard, everything else by what is written on it. */
export function chordOf(event: Pressed): string {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  const written = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const isSign = written.length === 1 && written.toLowerCase() === written.toUpperCase();
  const base = digit !== undefined && !(event.shiftKey && event.key === "?") ? digit : written;
  const shift = event.shiftKey && !(base === written && isSign);
  const ctrl = event.ctrlKey || event.metaKey;
  return `${ctrl ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${shift ? "Shift+" : ""}${base}`;
}

export function actionOf(event: Pressed): Action | null {
  return actions.get(chordOf(event)) ?? null;
}

/** Whether typing goes into a field, where no key is a shortcut. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  ) {
    return true;
  }
  return (
    target instanceof HTMLInputElement && !["range", "radio", "checkbox", "button"].includes(target.type)
  );
}
