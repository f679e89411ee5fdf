import { type ReactNode, useEffect, useRef } from "react";

/** What is opened elsewhere on the page comes into view; what is open when the page opens does not. */
export function InView({ of, children }: { of: string | undefined; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const last = useRef(of);
  useEffect(() => {
    if (of !== undefined && of !== last.current) {
      place.current?.querySelector("h2")?.scrollIntoView({ block: "nearest", behavior: "smooth" });
    }
    last.current = of;
  }, [of]);
  return <div ref={place}>{children}</div>;
}
