import type { StoreApi } from "zustand/vanilla";
import { newId } from "../api/ids";
import type { TileStore } from "../maps/sheets";
import type { Arranger } from "./arranger";
import type { Body } from "./commands";
import { type Desk, keepSize, type Layer } from "./desk";
import * as gestures from "./gestures";
import type { Action } from "./keys";
import { listOf } from "./order";
import * as select from "./selection";
import type { BoardSession } from "./session";
import { DISCARDED, NOT_SURE, type State, UNLABELED } from "./state";
import type { BoardState } from "./wire";

type Bodies = readonly Body[];

/** Turns what hands mean into commands, and keeps selection and cursor where hands expect them. */
export class Conductor {
  private before: Promise<void> = Promise.resolve();

  constructor(
    readonly board: BoardState,
    readonly session: BoardSession,
    readonly desk: StoreApi<Desk>,
    readonly tiles: TileStore,
    readonly arranger: Arranger,
    private readonly say: (sentence: string) => void,
  ) {}

  get state(): State {
    return this.session.store.getState().state;
  }

  /** Maps of the place that is open, in the order that is shown. */
  list(): readonly number[] {
    const { open, order } = this.desk.getState();
    return listOf(this.state, open, order);
  }

  /** What a gesture is about: the map that is looked at closely, else the selection, else the map under the cursor. */
  chosen(): readonly number[] {
    const { selection, layer } = this.desk.getState();
    const { selected, cursor } = selection;
    if (selected.size > 0 && layer !== "large") return [...selected];
    return cursor === null ? [] : [cursor];
  }

  setSelection(selection: select.Selection): void {
    this.desk.setState({ selection });
  }

  show(layer: Layer): void {
    this.desk.setState({ layer });
  }

  openPlace(open: string): void {
    if (this.desk.getState().open !== open) this.desk.setState({ open, selection: select.NOTHING });
  }

  togglePlace(place: string): void {
    this.openPlace(this.desk.getState().open === place ? UNLABELED : place);
  }

  setSize(size: number): void {
    this.desk.setState({ size });
    keepSize(size);
  }

  /** Give the hands to the name of a concept, or take them away. */
  name(concept: string | null): void {
    this.desk.setState({ naming: concept === null ? null : { concept, typed: "" } });
  }

  /** A key that belongs to a name whose field is not there yet. Returns whether there was one. */
  typeAhead(key: string): boolean {
    const { naming } = this.desk.getState();
    if (naming === null) return false;
    const { concept, typed } = naming;
    if (key === "Enter") {
      this.name(null);
      this.inTurn(() => this.do((state) => gestures.rename(state, concept, typed)));
    } else if (key === "Escape") this.name(null);
    else if (key === "Backspace") this.desk.setState({ naming: { concept, typed: typed.slice(0, -1) } });
    else if ([...key].length === 1) this.desk.setState({ naming: { concept, typed: typed + key } });
    else return false;
    return true;
  }

  /** Put maps to a place; what is selected follows the hands to the next map. */
  async assign(maps: readonly number[], to: string): Promise<void> {
    if (maps.length === 0) {
      this.say("Select some maps first.");
      return;
    }
    await this.moving(to, (state) => gestures.assign(state, maps, to));
  }

  /** A new concept; without a name, its field is ready to be typed in. */
  create(maps: readonly number[], name: string | null = null): Promise<void> {
    const concept = newId();
    if (name === null) this.expectName(concept);
    return this.place(concept, maps, name);
  }

  private expectName(concept: string): void {
    if (!this.state.complete) this.name(concept);
  }

  private async place(concept: string, maps: readonly number[], name: string | null): Promise<void> {
    this.desk.setState({ drawer: true });
    await this.moving(concept, (state) => gestures.create(state, maps, concept, name));
    const refused = !this.state.concepts.some(({ id }) => id === concept);
    if (refused && this.desk.getState().naming?.concept === concept) this.name(null);
  }

  do(make: (state: State) => Bodies): Promise<void> {
    return this.session.dispatch(make);
  }

  /** Not sure about what is chosen, or sure again; where only such maps are shown, hands go on to the next. */
  private async flag(): Promise<void> {
    const before = this.list();
    await this.session.dispatch((state) => gestures.notSure(state, this.chosen()));
    this.setSelection(select.without(before, this.list(), this.desk.getState().selection));
  }

  async merge(from: string, into: string): Promise<void> {
    if (this.desk.getState().open === from) this.openPlace(into);
    await this.moving(into, () => gestures.merge(from, into));
  }

  async remove(concept: string): Promise<void> {
    if (this.desk.getState().open === concept) this.openPlace(UNLABELED);
    await this.moving(UNLABELED, () => [{ kind: "delete_concept", concept_id: concept }]);
  }

  private async moving(to: string, make: (state: State) => Bodies): Promise<void> {
    const before = this.list();
    await this.session.dispatch(make);
    const { selection, flash } = this.desk.getState();
    this.desk.setState({
      selection: select.without(before, this.list(), selection),
      flash: { place: to, turn: flash.turn + 1 },
    });
  }

  /**
   * Do what a key or a button means, after what was meant before it: hands that are faster than this device keeps
   * gestures act on the board as they will see it.
   */
  perform(action: Action): void {
    if (action.kind === "new") {
      const concept = newId();
      this.show(null);
      this.expectName(concept);
      this.inTurn(() => this.place(concept, this.chosen(), null));
    } else this.inTurn(() => this.act(action));
  }

  private inTurn(act: () => Promise<void> | void): void {
    this.before = this.before.then(act).catch(reportError);
  }

  private async act(action: Exclude<Action, { kind: "new" }>): Promise<void> {
    switch (action.kind) {
      case "assign": {
        const to = gestures.placeOfNumber(this.state, action.number);
        if (to === null) this.say(`There is no concept ${action.number} yet; N makes a new one.`);
        else await this.assign(this.chosen(), to);
        return;
      }
      case "discard":
        return this.assign(this.chosen(), DISCARDED);
      case "unlabel":
        return this.assign(this.chosen(), UNLABELED);
      case "not_sure":
        return this.flag();
      case "unsure":
        return this.togglePlace(NOT_SURE);
      case "like":
        void this.arranger.likeChosen().catch(reportError); // gestures do not wait for the service
        return;
      case "arrange":
        void this.arranger.toggle().catch(reportError);
        return;
      case "undo":
      case "redo":
        return this.travel(action.kind);
      case "arrow":
        return this.step(action);
      case "all":
        return this.setSelection(select.all(this.list(), this.desk.getState().selection));
      default:
        return this.turn(action.kind);
    }
  }

  private step(action: Action & { kind: "arrow" }): void {
    const { selection, columns, layer } = this.desk.getState();
    const across = layer === "large" ? 1 : columns;
    this.setSelection(select.arrow(this.list(), selection, action.step, across, action));
  }

  private turn(kind: "move" | "large" | "escape" | "keys" | "rename" | "merge"): void {
    const { layer, open, selection } = this.desk.getState();
    if (kind === "escape") {
      this.escape();
    } else if (kind === "merge") {
      const { concepts } = this.state;
      if (concepts.length < 2) this.say("There are no two concepts to merge.");
      else if (concepts.some((concept) => concept.id === open)) this.show("merge");
      else this.say("Open the concept to merge first: press the number of maps on its card.");
    } else if (kind === "rename") {
      if (this.state.concepts.some((concept) => concept.id === open)) this.name(open);
    } else if (kind === "large") {
      if (layer === "large") this.show(null);
      else if (this.list().length > 0) {
        const cursor = selection.cursor ?? [...selection.selected][0] ?? (this.list()[0] as number);
        this.desk.setState({ layer: "large", selection: { ...selection, cursor } });
      }
    } else if (kind === "move") {
      if (this.chosen().length > 0) this.show("move");
      else this.say("Select some maps first.");
    } else {
      this.show(layer === "keys" ? null : "keys");
    }
  }

  /** One mode after the other: what lies over the page, the selection, the place that is open, a sorting. */
  private escape(): void {
    const { layer, selection, open } = this.desk.getState();
    if (layer !== null) this.show(null);
    else if (selection.selected.size > 0) {
      this.setSelection({ ...select.NOTHING, cursor: selection.cursor });
    } else if (open !== UNLABELED) this.openPlace(UNLABELED);
    else this.arranger.back();
  }

  private async travel(kind: "undo" | "redo"): Promise<void> {
    const make = kind === "undo" ? gestures.undo : gestures.redo;
    const before = this.list();
    let any = false;
    await this.session.dispatch((state) => {
      const bodies = make(state);
      any = bodies.length > 0;
      return bodies;
    });
    if (!any) this.say(`Nothing to ${kind}.`);
    const { open, selection } = this.desk.getState();
    const kept: readonly string[] = [UNLABELED, DISCARDED, NOT_SURE];
    const gone = !kept.includes(open) && !this.state.concepts.some(({ id }) => id === open);
    if (gone) this.openPlace(UNLABELED);
    else this.setSelection(select.without(before, this.list(), selection));
  }
}
