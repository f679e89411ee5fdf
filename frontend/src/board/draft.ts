import {
  type Change,
  type Concept,
  DISCARDED,
  type Edit,
  type Flagging,
  type Move,
  type Placed,
  type State,
  UNLABELED,
} from "./state";

/** A board being changed: every alteration writes down its own inverse. The twin of `boards/draft.py`. */
export class Draft {
  readonly places: string[];
  readonly notSure: Set<number>;
  readonly concepts: Concept[];
  private readonly moves: Move[] = [];
  private readonly flags: Flagging[] = [];
  private readonly created: Placed[] = [];
  private readonly removed: Placed[] = [];
  private readonly edits: Edit[] = [];
  private order: [string[], string[]] | undefined;

  constructor(state: State) {
    this.places = [...state.places];
    this.notSure = new Set(state.notSure);
    this.concepts = [...state.concepts];
  }

  /** What was changed so far; kinds of change that did not happen are left out. */
  change(): Change {
    return {
      ...(this.moves.length ? { moves: this.moves } : {}),
      ...(this.flags.length ? { flags: this.flags } : {}),
      ...(this.created.length ? { created: this.created } : {}),
      ...(this.removed.length ? { removed: this.removed } : {}),
      ...(this.edits.length ? { edits: this.edits } : {}),
      ...(this.order ? { order: this.order } : {}),
    };
  }

  position(concept: string): number {
    return this.concepts.findIndex((entry) => entry.id === concept);
  }

  isPlace(place: string): boolean {
    return place === UNLABELED || place === DISCARDED || this.position(place) >= 0;
  }

  members(place: string): number[] {
    const found: number[] = [];
    this.places.forEach((at, index) => {
      if (at === place) found.push(index);
    });
    return found;
  }

  move(maps: Iterable<number>, target: string): void {
    const byOrigin = new Map<string, number[]>();
    for (const index of [...maps].sort((a, b) => a - b)) {
      const origin = this.places[index] as string;
      if (origin === target) continue;
      const moved = byOrigin.get(origin);
      if (moved) moved.push(index);
      else byOrigin.set(origin, [index]);
      this.places[index] = target;
    }
    for (const [origin, moved] of byOrigin) this.moves.push([origin, target, moved]);
  }

  flag(maps: Iterable<number>, value: boolean): void {
    const changed = [...maps].filter((index) => this.notSure.has(index) !== value).sort((a, b) => a - b);
    if (changed.length === 0) return;
    for (const index of changed) {
      if (value) this.notSure.add(index);
      else this.notSure.delete(index);
    }
    this.flags.push([value, changed]);
  }

  create(concept: Concept, at: number): void {
    const index = Math.min(at, this.concepts.length);
    this.concepts.splice(index, 0, concept);
    this.created.push([concept.id, concept.name, concept.note, index]);
  }

  remove(index: number): void {
    for (const gone of this.concepts.splice(index, 1)) {
      this.removed.push([gone.id, gone.name, gone.note, index]);
    }
  }

  edit(index: number, field: "name" | "note", value: string | null): void {
    const concept = this.concepts[index] as Concept;
    const before = concept[field];
    if (before === value) return;
    this.concepts[index] = field === "name" ? { ...concept, name: value } : { ...concept, note: value ?? "" };
    this.edits.push([concept.id, field, before, value]);
  }

  arrange(order: readonly string[]): void {
    const known = new Map(this.concepts.map((concept) => [concept.id, concept]));
    const after = order.filter((concept) => known.has(concept));
    const named = new Set(after);
    const slots: number[] = [];
    this.concepts.forEach((concept, index) => {
      if (named.has(concept.id)) slots.push(index);
    });
    const before = slots.map((slot) => (this.concepts[slot] as Concept).id);
    if (same(before, after)) return;
    slots.forEach((slot, turn) => {
      this.concepts[slot] = known.get(after[turn] as string) as Concept;
    });
    this.order = [before, after];
  }

  /** Undo what of `change` still stands; returns the maps that were left alone, ascending. */
  takeBack(change: Change): number[] {
    const left = new Set<number>();
    for (const [id, name, note, index] of [...(change.removed ?? [])].reverse()) {
      if (this.position(id) < 0) this.create({ id, name, note }, index);
    }
    for (const [origin, target, maps] of [...(change.moves ?? [])].reverse()) {
      const open = this.isPlace(origin);
      const back = open ? maps.filter((index) => this.places[index] === target) : [];
      const returning = new Set(back);
      for (const index of maps) if (!returning.has(index)) left.add(index);
      this.move(back, origin);
    }
    for (const [value, maps] of [...(change.flags ?? [])].reverse()) {
      const still = maps.filter((index) => this.notSure.has(index) === value);
      for (const index of maps) if (this.notSure.has(index) !== value) left.add(index);
      this.flag(still, !value);
    }
    for (const [concept, field, before, after] of [...(change.edits ?? [])].reverse()) {
      const index = this.position(concept);
      if (index >= 0 && this.concepts[index]?.[field] === after) this.edit(index, field, before);
    }
    if (change.order) this.arrangeBack(change.order);
    for (const [id] of [...(change.created ?? [])].reverse()) {
      const index = this.position(id);
      if (index < 0) continue;
      const inside = this.members(id);
      for (const each of inside) left.add(each);
      if (inside.length === 0) this.remove(index);
    }
    return [...left].sort((a, b) => a - b);
  }

  private arrangeBack([before, after]: [string[], string[]]): void {
    const put = after.filter((concept) => this.position(concept) >= 0);
    const named = new Set(put);
    const now = this.concepts.map((concept) => concept.id).filter((id) => named.has(id));
    if (same(now, put)) this.arrange(before);
  }
}

function same(first: readonly string[], second: readonly string[]): boolean {
  return first.length === second.length && first.every((each, index) => each === second[index]);
}
