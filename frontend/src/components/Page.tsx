import { CircleQuestionMark } from "lucide-react";
import { Popover } from "radix-ui";
import { type ReactNode, useEffect } from "react";
import { IconButton } from "./Button";
import styles from "./Page.module.css";
import { PageTools, PrintFoot } from "./PageTools";

/** Every page explains itself in three sentences. */
export type Help = readonly [string, string, string];

export function HelpButton({ help, title = "About this page" }: { help: Help; title?: string }) {
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <IconButton label="Help">
          <CircleQuestionMark aria-hidden />
        </IconButton>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={styles.help}
          align="end"
          sideOffset={6}
          collisionPadding={12}
          aria-label={title}
        >
          <h2 className={styles.helpTitle}>{title}</h2>
          {help.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** Sets what the browser's tab says. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · Glossator` : "Glossator";
  }, [title]);
}

interface PageProps {
  title: ReactNode;
  /** The title as plain text where `title` is more than text. */
  tab?: string;
  /** Where this page belongs: a link back to the list. */
  above?: ReactNode;
  /** One line under the title. */
  lead?: ReactNode;
  help: Help;
  actions?: ReactNode;
  narrow?: boolean;
  children: ReactNode;
}

/** The frame of every page inside the shell: where I am, what I can do here, help. */
export function Page({ title, tab, above, lead, help, actions, narrow, children }: PageProps) {
  usePageTitle(tab ?? (typeof title === "string" ? title : ""));
  return (
    <main className={`${styles.page} ${narrow ? styles.narrow : ""}`} id="main" tabIndex={-1}>
      <header className={styles.header}>
        <div className={styles.where}>
          {above ? <div className={styles.above}>{above}</div> : null}
          <h1>{title}</h1>
          {lead ? <div className={styles.lead}>{lead}</div> : null}
        </div>
        <div className={styles.actions}>
          {actions}
          <PageTools />
          <HelpButton help={help} />
        </div>
      </header>
      {children}
      <PrintFoot />
    </main>
  );
}

/** A quiet sheet of paper that holds one thing. */
export function Card({
  title,
  lead,
  actions,
  children,
  flush,
}: {
  title?: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** Without inner space at the sides, for tables. */
  flush?: boolean;
}) {
  return (
    <section className={`${styles.card} ${flush ? styles.flush : ""}`}>
      {title || actions ? (
        <header className={styles.cardHeader}>
          <div>
            {title ? <h2>{title}</h2> : null}
            {lead ? <p className={styles.cardLead}>{lead}</p> : null}
          </div>
          {actions ? <div className={styles.actions}>{actions}</div> : null}
        </header>
      ) : null}
      {children}
    </section>
  );
}

/** A large number with the line that says of how many. */
export function Fact({ value, of }: { value: ReactNode; of: ReactNode }) {
  return (
    <div className={styles.fact}>
      <b>{value}</b>
      <span>{of}</span>
    </div>
  );
}

export function Facts({ children }: { children: ReactNode }) {
  return <div className={styles.facts}>{children}</div>;
}
