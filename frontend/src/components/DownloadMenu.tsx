import { Download } from "lucide-react";
import { Button } from "./Button";
import { asSentence } from "./Failed";
import { Menu } from "./Menu";
import { toast } from "./Toast";

/** One kind of file that can be taken along. */
export interface Format {
  readonly label: string;
  readonly save: () => void | Promise<void>;
}

interface DownloadMenuProps {
  /** Groups of formats, parted by a line: the chart, then its numbers. */
  formats: readonly (readonly Format[])[];
  /** What is downloaded, where several such buttons stand on a page. */
  of?: string;
  look?: "plain" | "quiet";
}

/** The one button that hands what is shown over as a file. */
export function DownloadMenu({ formats, of, look = "plain" }: DownloadMenuProps) {
  const save = async (format: Format) => {
    try {
      await format.save();
    } catch (error) {
      toast(`${format.label} was not made. ${asSentence(error)}`);
    }
  };
  return (
    <Menu
      trigger={
        <Button look={look} icon={<Download aria-hidden />} aria-label={of ? `Download: ${of}` : undefined}>
          Download
        </Button>
      }
      groups={formats.map((group) =>
        group.map((format) => ({ label: format.label, choose: () => void save(format) })),
      )}
    />
  );
}
