import type { Command } from "./commands";

/** A command in this browser's outbox. `order` rises over all tabs; a `held` one waits for the person's decision. */
export interface Kept {
  readonly order?: number;
  readonly account: string;
  readonly accountName: string;
  readonly board: string;
  readonly client: string;
  readonly at: string;
  readonly command: Command;
  readonly held: boolean;
}

const NAME = "glossator-boards";
const STORE = "outbox";

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore(STORE, { keyPath: "order", autoIncrement: true });
      store.createIndex("command", "command.command_id", { unique: true });
      store.createIndex("board", ["account", "board"]);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("This browser keeps no data for pages."));
    request.onblocked = () => reject(new Error("Another tab holds an older store of this page."));
  });
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () =>
      reject(transaction.error ?? new Error("This browser refused to keep the change."));
  });
}

/** The commands of all tabs of this browser that the service has not acknowledged. */
export class Outbox {
  private database: Promise<IDBDatabase> | null = null;

  private store(): Promise<IDBDatabase> {
    this.database ??= opened();
    return this.database;
  }

  /** Keep commands; resolves once they survive a closed tab. */
  async add(entries: readonly Kept[]): Promise<void> {
    const transaction = (await this.store()).transaction(STORE, "readwrite", { durability: "strict" });
    for (const entry of entries) transaction.objectStore(STORE).add(entry);
    await committed(transaction);
  }

  /** What waits for a board, in the order in which hands made it, over all tabs. */
  async of(account: string, board: string): Promise<Kept[]> {
    const store = (await this.store()).transaction(STORE).objectStore(STORE);
    return done(store.index("board").getAll([account, board]) as IDBRequest<Kept[]>);
  }

  async all(): Promise<Kept[]> {
    const store = (await this.store()).transaction(STORE).objectStore(STORE);
    return done(store.getAll() as IDBRequest<Kept[]>);
  }

  async remove(commandIds: readonly string[]): Promise<void> {
    await this.each(commandIds, (store, kept) => store.delete(kept.order as number));
  }

  /** Stop sending these until the person has decided. */
  async hold(commandIds: readonly string[]): Promise<void> {
    await this.each(commandIds, (store, kept) => store.put({ ...kept, held: true }));
  }

  /** Drop what waits for a board that is gone. */
  async forget(board: string): Promise<void> {
    const kept = await this.all();
    await this.remove(kept.filter((each) => each.board === board).map((each) => each.command.command_id));
  }

  private async each(
    commandIds: readonly string[],
    act: (store: IDBObjectStore, kept: Kept) => unknown,
  ): Promise<void> {
    const transaction = (await this.store()).transaction(STORE, "readwrite");
    const store = transaction.objectStore(STORE);
    for (const id of commandIds) {
      const found = store.index("command").get(id) as IDBRequest<Kept | undefined>;
      found.onsuccess = () => {
        if (found.result) act(store, found.result);
      };
    }
    await committed(transaction);
  }
}

export interface Waiting {
  readonly account: string;
  readonly name: string;
  readonly count: number;
}

/** Whose changes wait in this browser, other than this account's. */
export function waitingOfOthers(entries: readonly Kept[], account: string): Waiting[] {
  const found = new Map<string, Waiting>();
  for (const entry of entries) {
    if (entry.account === account) continue;
    const before = found.get(entry.account);
    found.set(entry.account, {
      account: entry.account,
      name: entry.accountName,
      count: (before?.count ?? 0) + 1,
    });
  }
  return [...found.values()];
}

export const outbox = new Outbox();
