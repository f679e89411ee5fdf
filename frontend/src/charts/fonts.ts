import inter from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url";
import serif from "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2?url";

const FACES = [
  { family: "Inter Variable", url: inter },
  { family: "Source Serif 4 Variable", url: serif },
] as const;

let made: Promise<string> | null = null;

/** The two typefaces of the page as CSS that holds their files, for a picture that can load nothing. */
export function fontFaces(): Promise<string> {
  made ??= Promise.all(FACES.map(face)).then((faces) => faces.join(""));
  return made;
}

async function face({ family, url }: (typeof FACES)[number]): Promise<string> {
  const file = await (await fetch(url)).blob();
  return `@font-face{font-family:"${family}";font-weight:100 900;src:url(${await dataUrl(file)})}`;
}

function dataUrl(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
