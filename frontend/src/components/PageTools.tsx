import { Link2, Printer } from "lucide-react";
import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { useProject } from "../app/project";
import { IconButton } from "./Button";
import { CopyField } from "./CopyField";
import { Dialog } from "./Dialog";
import { exactly } from "./format";
import styles from "./PageTools.module.css";
import { toast } from "./Toast";

/** The link that shows this page as it is now, with its filters, to others too: it names the project. */
export function linkHere(href: string, project: string | undefined): string {
  const link = new URL(href);
  if (project && !link.searchParams.has("project")) link.searchParams.set("project", project);
  return link.toString();
}

/** What every page offers: its link, and itself on paper. */
export function PageTools() {
  const project = useProject();
  const [shown, setShown] = useState<string | null>(null);
  const copy = async () => {
    const link = linkHere(window.location.href, project?.id);
    try {
      await navigator.clipboard.writeText(link);
      toast("The link of this page is copied.");
    } catch {
      // Pages without TLS have no clipboard: the link is shown, to be taken by hand.
      setShown(link);
    }
  };
  return (
    <>
      <IconButton label="Copy link" onClick={() => void copy()}>
        <Link2 aria-hidden />
      </IconButton>
      <IconButton label="Print" onClick={() => window.print()}>
        <Printer aria-hidden />
      </IconButton>
      <Dialog open={shown !== null} onOpenChange={() => setShown(null)} title="The link of this page">
        <CopyField value={shown ?? ""} label="Link of this page" />
      </Dialog>
    </>
  );
}

/** On paper alone: where this page is found, and when it was printed. */
export function PrintFoot() {
  const project = useProject();
  const [printed, setPrinted] = useState<{ link: string; at: string } | null>(null);
  const id = project?.id;
  useEffect(() => {
    const stamp = () =>
      flushSync(() =>
        setPrinted({ link: linkHere(window.location.href, id), at: exactly(new Date().toISOString()) }),
      );
    window.addEventListener("beforeprint", stamp);
    return () => window.removeEventListener("beforeprint", stamp);
  }, [id]);
  return (
    <footer className={styles.foot}>
      {printed ? (
        <>
          <span>{printed.link}</span>
          <span>{printed.at}</span>
        </>
      ) : null}
    </footer>
  );
}
