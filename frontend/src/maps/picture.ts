import { useEffect, useState } from "react";

const MOST = 200;
const known = new Map<string, Promise<HTMLImageElement>>();

/** The picture behind an address; loaded once for all tiles that show it. */
function load(address: string): Promise<HTMLImageElement> {
  const found = known.get(address);
  if (found) return found;
  const loading = new Promise<HTMLImageElement>((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => {
      known.delete(address);
      reject(new Error(`The picture ${address} could not be loaded.`));
    };
    image.src = address;
  });
  known.set(address, loading);
  const oldest = known.keys().next().value;
  if (known.size > MOST && oldest !== undefined) known.delete(oldest);
  return loading;
}

/** The picture, or null until it is there. */
export function usePicture(address: string): HTMLImageElement | null {
  const [picture, setPicture] = useState<{ address: string; image: HTMLImageElement } | null>(null);
  useEffect(() => {
    let wanted = true;
    load(address).then(
      (image) => {
        if (wanted) setPicture({ address, image });
      },
      () => undefined, // the empty tile says it
    );
    return () => {
      wanted = false;
    };
  }, [address]);
  return picture?.address === address ? picture.image : null;
}
