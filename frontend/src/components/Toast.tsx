import { X } from "lucide-react";
import { create } from "zustand";
import { IconButton } from "./Button";
import styles from "./Toast.module.css";

interface Message {
  id: number;
  text: string;
  action?: { label: string; run: () => void };
}

interface Toasts {
  messages: readonly Message[];
  show: (text: string, action?: Message["action"]) => void;
  hide: (id: number) => void;
}

const STAY_MS = 6000;
let last = 0;

const useToasts = create<Toasts>((set, get) => ({
  messages: [],
  show: (text, action) => {
    last += 1;
    const id = last;
    set({ messages: [...get().messages, action ? { id, text, action } : { id, text }] });
    window.setTimeout(() => get().hide(id), STAY_MS);
  },
  hide: (id) => set({ messages: get().messages.filter((message) => message.id !== id) }),
}));

/** Say in passing that something was done; never the only place where something important stands. */
export const toast = (text: string, action?: Message["action"]): void =>
  useToasts.getState().show(text, action);

export function Toasts() {
  const { messages, hide } = useToasts();
  return (
    <div className={styles.stack} role="status" aria-live="polite">
      {messages.map((message) => (
        <div key={message.id} className={styles.toast}>
          <span>{message.text}</span>
          {message.action ? (
            <button type="button" className={styles.action} onClick={message.action.run}>
              {message.action.label}
            </button>
          ) : null}
          <IconButton label="Close" onClick={() => hide(message.id)}>
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
